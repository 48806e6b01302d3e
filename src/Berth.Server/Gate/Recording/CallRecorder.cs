using Berth.Identity;
using Berth.Trail;
using Berth.Vocabulary;

namespace Berth.Server.Gate.Recording;

/// <summary>Records calls: those that change something in the transaction of the change, all others a moment later.</summary>
internal sealed class CallRecorder(TrailQueue queue, Permissions permissions, Ids ids, TimeProvider time)
{
    /// <summary>What a call is recorded with when its client went away before it was done.</summary>
    public static readonly RecordedError Aborted = new("RequestAborted", "the client went away before the call was done");

    private readonly StrangerLimit strangers = new(time);

    /// <summary>
    /// Begins to record a call whose caller is proved. To be called by the method that handles the call: writes of that flow are the
    /// call's until that method returns.
    /// </summary>
    /// <param name="name">What is called.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="circumstances">How.</param>
    /// <param name="requestId">The id that it is answered under.</param>
    /// <param name="tls">How the connection is secured; null for one that is not, and for a call without one.</param>
    public RecordedCall Begin(CallName name, Caller caller, Circumstances circumstances, string requestId, TlsDetails? tls)
    {
        var record = new CallRecord(name, circumstances, requestId, ids) { Tls = tls, Account = caller.Account };
        if (caller != Caller.Nobody)
        {
            record.Identity = new(caller, RoleOf(caller)) { InvokedBy = circumstances.Via };
        }

        var scope = new TrailScope(record.ToEvents, time);
        scope.Begin();
        return new(record, scope, queue, strangers);
    }

    // Whoever proved the caller has just read its role, so it lies in memory.
    private string? RoleOf(Caller caller) =>
        caller.Principal.Kind is PrincipalKind.AssumedRole
        && permissions.FindAsync(caller, CancellationToken.None).AsTask() is { IsCompletedSuccessfully: true } found
            ? found.Result?.Arn
            : null;
}

/// <summary>A call that is being recorded.</summary>
internal sealed class RecordedCall(CallRecord record, TrailScope scope, TrailQueue queue, StrangerLimit strangers)
{
    private bool hasEnded;

    /// <summary>What is known of it.</summary>
    public CallRecord Record => record;

    /// <summary>Records the call as it is now known. What happens after its end is no part of it.</summary>
    public async ValueTask EndAsync()
    {
        if (hasEnded)
        {
            return;
        }

        hasEnded = true;
        scope.End();
        if (!IsWanted())
        {
            return;
        }

        var isKnownBetter = record.Error is not null || record.Answer is not null;
        foreach (var what in scope.IsRecorded && !isKnownBetter ? [] : record.ToEvents())
        {
            await (scope.IsRecorded ? queue.CompleteAsync(what) : queue.AddAsync(what));
        }
    }

    /// <summary>Records the call as one that failed.</summary>
    public ValueTask FailAsync(RecordedError error)
    {
        if (!hasEnded)
        {
            record.Error = error;
        }

        return EndAsync();
    }

    // Whoever brings no key but a token is a stranger until the token is exchanged, and strangers must not fill the disk.
    private bool IsWanted()
    {
        if (record.Identity is not { } identity || identity.Caller.AccessKeyId.Length > 0 || record.Error is null)
        {
            return record.Identity is not null;
        }

        var (isWanted, leftOut) = strangers.Take();
        record.LeftOut = leftOut;
        return isWanted;
    }
}
