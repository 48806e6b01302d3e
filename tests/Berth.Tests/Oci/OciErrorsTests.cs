using System.Runtime.CompilerServices;
using Berth.Server.Oci;
using Berth.Vocabulary;

namespace Berth.Tests.Oci;

public sealed class OciErrorsTests
{
    public static TheoryData<Type> Faults() =>
        [.. typeof(Fault).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Fault)) && !type.IsAbstract)];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Every_fault_has_a_status_and_a_code(Type type)
    {
        var error = OciErrors.Of((Fault)RuntimeHelpers.GetUninitializedObject(type));

        Assert.InRange(error.Status, 400, 599);
        Assert.Matches("^[A-Z_]+$", error.Code);
    }

    [Fact]
    public void A_bug_tells_its_request_id_and_no_more() =>
        Assert.Equal(
            new(500, "UNKNOWN", "an internal error occurred, logged under request id 'r-1'"), OciErrors.Unexpected("r-1"));
}
