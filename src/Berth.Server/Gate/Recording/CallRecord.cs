using System.Text.Json;
using Berth.Trail;
using Berth.Vocabulary;

namespace Berth.Server.Gate.Recording;

/// <summary>One call, as far as it is known. The wire fills it in as it goes.</summary>
/// <param name="name">What was called.</param>
/// <param name="circumstances">How.</param>
/// <param name="requestId">The id that it is answered under.</param>
/// <param name="ids">For the ids of its events.</param>
internal sealed class CallRecord(CallName name, Circumstances circumstances, string requestId, Ids ids)
{
    private readonly string id = ids.NewGuid().ToString("D");
    private readonly List<TrailResource> resources = [];
    private List<Copy>? copies;

    /// <summary>What was called; a call may turn out to be another than it looked.</summary>
    public CallName Name { get; set; } = name;

    /// <summary>How it was called.</summary>
    public Circumstances Circumstances => circumstances;

    /// <summary>Who called; null while nobody is proved.</summary>
    public UserIdentity? Identity { get; set; }

    /// <summary>The account that it is recorded for.</summary>
    public AccountId Account { get; set; }

    /// <summary>How the connection is secured.</summary>
    public TlsDetails? Tls { get; init; }

    /// <summary>Writes what was asked, as a value; null for nothing that could be read.</summary>
    public Action<Utf8JsonWriter>? Parameters { get; set; }

    /// <summary>Writes what came back, as a value; null for nothing, or not yet.</summary>
    public Action<Utf8JsonWriter>? Answer { get; set; }

    /// <summary>What went wrong; null for nothing, or not yet.</summary>
    public RecordedError? Error { get; set; }

    /// <summary>How many calls of the kind were left out since the last that was recorded.</summary>
    public int LeftOut { get; set; }

    /// <summary>Names a resource that the call is about. One of another account has that account get a copy of the record.</summary>
    public void Concern(string arn)
    {
        if (resources.Count >= RecordedResources.Most || RecordedResources.Find(arn) is not { } resource || resources.Contains(resource))
        {
            return;
        }

        resources.Add(resource);
        if (resource.Type.StartsWith("AWS::IAM::", StringComparison.Ordinal))
        {
            // Those have a path in their ARN, and people look for them by name.
            resources.Add(new(resource.Type, arn[(arn.LastIndexOf('/') + 1)..]));
        }

        if (AccountId.TryParse(resource.Account, out var owner) && owner != Account && copies?.Exists(copy => copy.Owner == owner) is not true)
        {
            (copies ??= []).Add(new(owner, ids.NewGuid().ToString("D")));
        }
    }

    /// <summary>The events: the caller's, and a copy for each other account. None while nobody is proved.</summary>
    public IReadOnlyList<TrailEvent> ToEvents()
    {
        if (Identity is null)
        {
            return [];
        }

        var own = ToEvent(Account, id, isCopy: false);
        return copies is null ? [own] : [own, .. copies.Select(copy => ToEvent(copy.Owner, copy.Id, isCopy: true))];
    }

    private TrailEvent ToEvent(AccountId recipient, string eventId, bool isCopy) =>
        new(eventId, new(recipient, circumstances.Region), circumstances.Time, Name.Event, Name.Source)
        {
            IsReadOnly = Name.IsReadOnly,
            Username = isCopy ? null : Identity!.Username,
            AccessKeyId = isCopy || Identity!.Caller.AccessKeyId.Length == 0 ? null : Identity.Caller.AccessKeyId,
            Resources = [.. resources],
            Record = CallRecordWriter.Write(this, new(recipient, eventId, copies is null ? null : id, requestId), resources),
            IsCopy = isCopy,
        };

    private sealed record Copy(AccountId Owner, string Id);
}

/// <summary>What differs between a call's record and its copies.</summary>
/// <param name="Recipient">Whom it is for.</param>
/// <param name="Id">Its <c>eventID</c>.</param>
/// <param name="SharedId">Its <c>sharedEventID</c>; null for a call within one account.</param>
/// <param name="RequestId">The id that the call was answered under.</param>
internal readonly record struct RecordIds(AccountId Recipient, string Id, string? SharedId, string RequestId);
