using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ec2.Tags;

/// <summary>Gives things tags.</summary>
internal sealed class CreateTags(Networks networks) : Ec2Operation<CreateTags.Request, CreateTags.Response>
{
    public sealed record Request : Ec2Request
    {
        [JsonPropertyName("ResourceId")]
        public required IReadOnlyList<string> Resources { get; init; }

        [JsonPropertyName("Tag")]
        public required IReadOnlyList<TagEntry> Tags { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Tagging;

    protected override IEnumerable<string> Resources(Call call, Request request) => [.. request.Resources.Select(id => TaggedThing.ArnOf(call, id))];

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) =>
        RequestTags.Of([.. TagEntry.Read(request.Tags).Select(tag => KeyValuePair.Create(tag.Key, tag.Value))]);

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var tags = TagEntry.Read(request.Tags);
        NewTags.Check(call, tags);
        await networks.Tags.AddAsync(call.Registry, request.Resources, tags, cancel);
        return new();
    }
}
