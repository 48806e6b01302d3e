namespace Berth.Storage.Rows;

/// <summary>A write that waits its turn, and then for the commit that makes it durable.</summary>
internal abstract class QueuedWrite
{
    private bool taken;

    /// <summary>What its delegate writes to.</summary>
    public required Transaction Transaction { get; init; }

    /// <summary>Takes the write from its caller, who can then no longer cancel it; false when it did.</summary>
    public bool TryStart() => !Interlocked.Exchange(ref taken, true);

    /// <summary>Cancels the write unless it has started.</summary>
    public void Cancel(object? state, CancellationToken cancel)
    {
        if (TryStart())
        {
            Cancel(cancel);
        }
    }

    /// <summary>Runs the delegate; false when what it did is to be taken back.</summary>
    public abstract Task<bool> TryRunAsync(Dialect dialect);

    /// <summary>Gives the caller what the delegate returned or threw.</summary>
    public abstract void Complete();

    /// <summary>Gives the caller an error that is not the delegate's.</summary>
    public abstract void Fail(Exception error);

    private protected abstract void Cancel(CancellationToken cancel);
}

/// <inheritdoc/>
internal sealed class QueuedWrite<T>(Func<Transaction, Task<T>> write) : QueuedWrite
{
    private readonly TaskCompletionSource<Committed<T>> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;
    private Exception? failure;

    public Task<Committed<T>> Outcome => outcome.Task;

    public override async Task<bool> TryRunAsync(Dialect dialect)
    {
        try
        {
            result = await write(Transaction);
            failure = Transaction.Failure is { } error ? dialect.Translate(error) : null;
        }
        catch (Exception error)
        {
            failure = error;
        }

        Transaction.End();
        return failure is null;
    }

    public override void Complete()
    {
        if (failure is null)
        {
            outcome.SetResult(new(Transaction, result!));
        }
        else
        {
            outcome.SetException(failure);
        }
    }

    public override void Fail(Exception error) => outcome.SetException(error);

    private protected override void Cancel(CancellationToken cancel) => outcome.SetCanceled(cancel);
}
