using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Tags;

/// <summary>Lists tags in the order of the ids of what they are on.</summary>
internal sealed class DescribeTags(Networks networks, PageTokens tokens) : Ec2Operation<DescribeTags.Request, DescribeTags.Response>
{
    private const int AtOnce = 500;

    private static readonly Filters<TagDetail> Known = new(
        objectOf: null,
        ("key", tag => [tag.Key]),
        ("value", tag => [tag.Value]),
        ("resource-id", tag => [tag.ResourceId]),
        ("resource-type", tag => [tag.ResourceType]));

    public sealed record Request : Ec2ListRequest;

    public sealed record Response([property: JsonPropertyName("tagSet")] IReadOnlyList<TagDetail> Tags, string? NextToken);

    /// <summary>A tag and what it is on (EC2's shape <c>TagDescription</c>).</summary>
    public sealed record TagDetail(string ResourceId, string ResourceType, string Key, string Value);

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var size = Pages.SizeOf(request, ids: null);
        string[] question = [Name, $"{call.Registry}", .. Pages.Question(request)];
        var matches = Read(request.Filters);
        var after = tokens.Read(question, request.NextToken) is [var id, var key] ? (id, key) : default((string, string)?);
        var found = new List<TagDetail>();
        while (true)
        {
            var some = await networks.Tags.ListAsync(call.Registry, after, AtOnce, cancel);
            foreach (var (on, tag) in some)
            {
                var detail = new TagDetail(on, NetworkKind.OfId(on)?.Name ?? "", tag.Key, tag.Value);
                if (matches(detail))
                {
                    if (found.Count == size)
                    {
                        return new(found, tokens.Issue(question, found[^1].ResourceId, found[^1].Key));
                    }

                    found.Add(detail);
                }
            }

            if (some.Count < AtOnce)
            {
                return new(found, NextToken: null);
            }

            after = (some[^1].Id, some[^1].Tag.Key);
        }
    }

    // Here tag:Name is a filter on the tags themselves, and not on what has them.
    private static Func<TagDetail, bool> Read(IReadOnlyList<Filter>? filters)
    {
        const string prefix = "tag:";
        return Known.Read([.. (filters ?? []).SelectMany(filter => filter.Name is { } name && name.StartsWith(prefix, StringComparison.Ordinal)
            ? new Filter[] { new() { Name = "key", Values = [name[prefix.Length..]] }, new() { Name = "value", Values = filter.Values } }
            : [filter])]);
    }
}
