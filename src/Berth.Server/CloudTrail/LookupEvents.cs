using System.Globalization;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Trail;
using Berth.Vocabulary;

namespace Berth.Server.CloudTrail;

/// <summary>Finds what was done in the caller's account and Region, newest first.</summary>
internal sealed class LookupEvents(TrailLookup lookup, TrailQueue queue, PageTokens tokens)
    : Operation<LookupEvents.Request, LookupEvents.Response>
{
    private const int LargestPage = 50;

    public sealed record Request
    {
        public IReadOnlyList<LookupAttribute>? LookupAttributes { get; init; }

        public DateTimeOffset? StartTime { get; init; }

        public DateTimeOffset? EndTime { get; init; }

        [Values("insight")]
        public string? EventCategory { get; init; }

        [Range(1, LargestPage)]
        public int? MaxResults { get; init; }

        public string? NextToken { get; init; }
    }

    public sealed record Response(IReadOnlyList<Event> Events, string? NextToken);

    public override AccessLevel Level => AccessLevel.Read;

    /// <inheritdoc/>
    public override void Check(object request)
    {
        var asked = (Request)request;
        if (asked.LookupAttributes is { Count: > 1 })
        {
            throw Invalid(LookupMistake.Attributes, "You can specify only one lookup attribute.");
        }

        if (asked.LookupAttributes is [var attribute] && !IsAttribute(attribute))
        {
            throw Invalid(LookupMistake.Attributes, "The lookup attribute is not valid: it needs a key that is known, and a value of 1 to 2000 characters.");
        }

        if (asked.StartTime > asked.EndTime)
        {
            throw Invalid(LookupMistake.TimeRange, "The start time must be before the end time.");
        }

        if (asked.MaxResults is < 1 or > LargestPage)
        {
            throw Invalid(
                LookupMistake.MaxResults,
                string.Create(CultureInfo.InvariantCulture, $"A maximum results value of {asked.MaxResults} is invalid. Specify max results between 1 and {LargestPage}."));
        }

        if (asked.EventCategory is not (null or "insight"))
        {
            throw Invalid(LookupMistake.EventCategory, $"The event category '{asked.EventCategory}' is not valid.");
        }
    }

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        if (request.EventCategory is not null)
        {
            // Nothing here notices what is unusual.
            return new([], NextToken: null);
        }

        var (question, asked) = (QuestionOf(call, request), Words(call, request));
        var size = request.MaxResults ?? LargestPage;

        // Whoever looks for what it has just done finds it.
        await queue.FlushAsync().WaitAsync(cancel);
        var page = Page<FoundEvent>.Of(await lookup.FindAsync(question with { Before = Place(asked, request.NextToken) }, size + 1, cancel), size);
        return new(
            [.. page.Rows.Select(found => Event.Of(found.Event))],
            page.HasMore ? tokens.Issue(asked, page.Rows[^1].Place.At.ToString(CultureInfo.InvariantCulture), page.Rows[^1].Place.Id) : null);
    }

    private static TrailQuestion QuestionOf(Call call, Request request)
    {
        var attribute = request.LookupAttributes is [var only] ? only : null;
        var question = new TrailQuestion(call.Registry)
        {
            Attribute = attribute is null ? TrailAttribute.None : Enum.Parse<TrailAttribute>(attribute.AttributeKey),
            Value = attribute?.AttributeValue ?? "",
        };
        return question with { Start = request.StartTime ?? question.Start, End = request.EndTime ?? question.End };
    }

    private static string[] Words(Call call, Request request) =>
    [
        nameof(LookupEvents), $"{call.Registry.Account}", $"{call.Registry.Region}",
        .. (request.LookupAttributes ?? []).SelectMany(attribute => new[] { attribute.AttributeKey, attribute.AttributeValue }),
        Second(request.StartTime), Second(request.EndTime),
    ];

    private static string Second(DateTimeOffset? time) => time?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) ?? "";

    private TrailPlace? Place(string[] asked, string? token)
    {
        try
        {
            return tokens.Read(asked, token) is [var at, var id] ? new TrailPlace(long.Parse(at, CultureInfo.InvariantCulture), id) : null;
        }
        catch (FaultException failure) when (failure.Fault is PageTokenInvalid)
        {
            throw Invalid(LookupMistake.NextToken, "The token is not valid, or was given for another lookup.");
        }
    }

    private static bool IsAttribute(LookupAttribute attribute) =>
        attribute.AttributeKey is { } key && key is not nameof(TrailAttribute.None) && Enum.GetNames<TrailAttribute>().Contains(key, StringComparer.Ordinal)
        && attribute.AttributeValue is { Length: >= 1 and <= 2000 };

    private static FaultException Invalid(LookupMistake mistake, string message) => new LookupInvalid(mistake, message).AsException();
}
