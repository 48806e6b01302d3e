using Berth.Vocabulary;

namespace Berth.Tests.Vocabulary;

/// <summary>What text and bytes that break a rule come back as.</summary>
internal static class Refusals
{
    /// <summary>The fault an action ends in; any other exception, or none, fails the test.</summary>
    public static Fault Of(Func<object> action) => Assert.Throws<FaultException>(action).Fault;
}
