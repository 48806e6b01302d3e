using System.Globalization;
using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Gate;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Shapes;

/// <summary>What every request for a listing has.</summary>
internal abstract record Ec2ListRequest : Ec2Request
{
    [JsonPropertyName("Filter")]
    public IReadOnlyList<Filter>? Filters { get; init; }

    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }
}

/// <summary>What is listed: of which kind, and what else is read of it.</summary>
/// <param name="Filters">What it may be filtered by.</param>
/// <param name="ViewAsync">Reads what belongs to some objects.</param>
internal sealed record Listing<T, TView>(Filters<TView> Filters, Func<RowReader, RegistryId, IReadOnlyList<T>, Task<IReadOnlyList<TView>>> ViewAsync);

/// <summary>Reads listings page by page, in the order of ids. Filters are applied as rows are read.</summary>
internal sealed class Pages(NetworkObjects objects, PageTokens tokens)
{
    private const int Least = 5;
    private const int Most = 1000;
    private const int AtOnce = 500;

    /// <summary>The things of these ids, each of which must be there, or a page of all; those that the filters let pass.</summary>
    public async Task<(IReadOnlyList<TView> Rows, string? Next)> ReadAsync<T, TView>(
        Call call, string operation, Ec2ListRequest request, IReadOnlyList<string>? ids, Listing<T, TView> listing, CancellationToken cancel)
        where T : NetworkObject, INetworkKind
    {
        var matches = listing.Filters.Read(request.Filters);
        var size = SizeOf(request, ids);
        return ids is { Count: > 0 }
            ? ([.. (await objects.ReadAsync(async rows => await listing.ViewAsync(rows, call.Registry, await objects.GetAllAsync<T>(rows, call.Registry, ids)), cancel)).Where(matches)], null)
            : await ReadPageAsync(call, [operation, $"{call.Registry}", .. Question(request)], (request.NextToken, size), listing, matches, cancel);
    }

    private Task<(IReadOnlyList<TView> Rows, string? Next)> ReadPageAsync<T, TView>(
        Call call,
        IReadOnlyList<string> question,
        (string? Token, int Size) page,
        Listing<T, TView> listing,
        Func<TView, bool> matches,
        CancellationToken cancel)
        where T : NetworkObject, INetworkKind
    {
        var after = tokens.Read(question, page.Token)?[0];
        return objects.ReadAsync(
            async rows =>
            {
                var found = new List<TView>();
                for (var place = after; ;)
                {
                    var some = await objects.ListAsync<T>(rows, call.Registry, place, AtOnce);
                    var views = await listing.ViewAsync(rows, call.Registry, some);
                    for (var i = 0; i < some.Count; i++)
                    {
                        if (!matches(views[i]))
                        {
                            continue;
                        }

                        if (found.Count == page.Size)
                        {
                            return Answer(found, tokens.Issue(question, place!));
                        }

                        found.Add(views[i]);
                        place = some[i].Id;
                    }

                    if (some.Count < AtOnce)
                    {
                        return Answer(found, next: null);
                    }

                    // What did not match is passed over for good, so the next page need not look at it again.
                    place = some[^1].Id;
                }
            },
            cancel);
    }

    private static (IReadOnlyList<TView> Rows, string? Next) Answer<TView>(List<TView> found, string? next) => (found, next);

    /// <summary>How many a page has at most.</summary>
    public static int SizeOf(Ec2ListRequest request, IReadOnlyList<string>? ids)
    {
        if (request.MaxResults is { } size && size is < Least or > Most)
        {
            throw NetworkRefused.Invalid(string.Create(
                CultureInfo.InvariantCulture,
                $"Value ( {size} ) for parameter maxResults is invalid. Expecting a value {(size < Least ? "greater" : "less")} than or equal to {(size < Least ? Least : Most)}.")).AsException();
        }

        return request.MaxResults is not null && ids is { Count: > 0 }
            ? throw NetworkRefused.Combination("The parameter maxResults cannot be used with ids in the request").AsException()
            : request.MaxResults ?? Most;
    }

    /// <summary>What a token belongs to besides the operation.</summary>
    public static IEnumerable<string> Question(Ec2ListRequest request) =>
        (request.Filters ?? []).SelectMany(filter => (filter.Values ?? []).Select(value => $"={value}").Prepend(filter.Name ?? ""));
}
