using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ec2.Tags;

/// <summary>Takes tags from things; with no tag named all but AWS's own.</summary>
internal sealed class DeleteTags(Networks networks) : Ec2Operation<DeleteTags.Request, DeleteTags.Response>
{
    public sealed record Request : Ec2Request
    {
        [JsonPropertyName("ResourceId")]
        public required IReadOnlyList<string> Resources { get; init; }

        [JsonPropertyName("Tag")]
        public IReadOnlyList<TagEntry>? Tags { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Tagging;

    protected override IEnumerable<string> Resources(Call call, Request request) => [.. request.Resources.Select(id => TaggedThing.ArnOf(call, id))];

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) =>
        RequestTags.OfKeys([.. (request.Tags ?? []).Select(tag => tag.Key ?? "")]);

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        foreach (var tag in request.Tags ?? [])
        {
            NewTags.CheckReserved(call, tag.Key ?? "");
        }

        await networks.Tags.RemoveAsync(call.Registry, request.Resources, request.Tags?.Select(tag => (tag.Key ?? "", tag.Value)).ToList(), cancel);
        return new();
    }
}
