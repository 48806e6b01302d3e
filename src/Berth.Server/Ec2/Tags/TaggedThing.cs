using Berth.Server.Aws;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Tags;

/// <summary>What tags are on, known by its id alone.</summary>
internal static class TaggedThing
{
    /// <summary>Its ARN; <c>*</c> when the id is of nothing that there is.</summary>
    public static string ArnOf(Call call, string id) => NetworkKind.OfId(id) is { } kind ? kind.ArnOf(call.Registry, id) : "*";
}
