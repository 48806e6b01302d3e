using Berth.Policy;
using Berth.Server.Gate;
using Berth.Server.Gate.Recording;

namespace Berth.Server.Aws;

/// <summary>One AWS API call. The class's name is the operation's: route, IAM action and record name follow from it.</summary>
internal abstract class Operation
{
    /// <summary>The operation's name, as in AWS's model.</summary>
    public string Name => GetType().Name;

    /// <summary>What the call does to what it names.</summary>
    public abstract AccessLevel Level { get; }

    /// <summary>Whether the call changes nothing.</summary>
    public bool IsReadOnly => Level is AccessLevel.Read or AccessLevel.List;

    /// <summary>Whether the trail records the call as one that changes nothing.</summary>
    public virtual bool IsRecordedAsRead => IsReadOnly;

    /// <summary>Whether the trail keeps what is answered, without secrets: not what is only read.</summary>
    public virtual bool KeepsAnswer => !IsReadOnly;

    /// <summary>The IAM action without its service prefix; the operation's own name unless AWS has another.</summary>
    public virtual string Action => Name;

    /// <summary>Whether the request must be signed; one that is not proves its caller by what it brings.</summary>
    public virtual bool NeedsSignature => true;

    /// <summary>Whether a policy must allow the call; GetCallerIdentity answers everybody who is somebody.</summary>
    public virtual bool NeedsPermission => true;

    /// <summary>The record the request is read into.</summary>
    public abstract Type RequestType { get; }

    /// <summary>The record that is answered.</summary>
    public abstract Type ResponseType { get; }

    /// <summary>How the trail names a call of it.</summary>
    public CallName RecordedAs(Service service) => new(CallName.SourceOf(service.Name), Name, IsRecordedAsRead) { KeepsAnswer = KeepsAnswer };

    /// <summary>Refuses a request in words of the operation's own, where it has some for what its constraints would refuse as well.</summary>
    public virtual void Check(object request)
    {
    }

    /// <summary>The resources a request names: each must be allowed.</summary>
    public abstract IEnumerable<string> ResourcesOf(Call call, object request);

    /// <summary>The condition keys that only this operation has.</summary>
    public abstract IReadOnlyList<KeyValuePair<string, ContextValue>> KeysOf(object request);

    /// <summary>Handles a request that was checked and authorized.</summary>
    public abstract Task<object> InvokeAsync(Call call, object request, CancellationToken cancel);
}

/// <summary>One AWS API call with its two records.</summary>
/// <typeparam name="TRequest">Its properties are the members; <c>required</c> and constraint attributes are checked before it is handled.</typeparam>
/// <typeparam name="TResponse">Its properties are the members; those that are null are left out of the answer.</typeparam>
internal abstract class Operation<TRequest, TResponse> : Operation
    where TRequest : class
    where TResponse : class
{
    /// <inheritdoc/>
    public sealed override Type RequestType => typeof(TRequest);

    /// <inheritdoc/>
    public sealed override Type ResponseType => typeof(TResponse);

    /// <inheritdoc/>
    public sealed override IEnumerable<string> ResourcesOf(Call call, object request) => Resources(call, (TRequest)request);

    /// <inheritdoc/>
    public sealed override IReadOnlyList<KeyValuePair<string, ContextValue>> KeysOf(object request) => [.. Keys((TRequest)request)];

    /// <inheritdoc/>
    public sealed override async Task<object> InvokeAsync(Call call, object request, CancellationToken cancel) =>
        await HandleAsync(call, (TRequest)request, cancel);

    /// <summary>The ARN the call is checked against, or <c>*</c> for one on the caller's registry as such.</summary>
    protected virtual string Resource(Call call, TRequest request) => "*";

    /// <summary>The ARNs of a call that names several.</summary>
    protected virtual IEnumerable<string> Resources(Call call, TRequest request) => [Resource(call, request)];

    /// <summary>The condition keys that only this operation has, such as <c>aws:RequestTag/Team</c>.</summary>
    protected virtual IEnumerable<KeyValuePair<string, ContextValue>> Keys(TRequest request) => [];

    /// <summary>Does what the operation is for.</summary>
    protected abstract Task<TResponse> HandleAsync(Call call, TRequest request, CancellationToken cancel);
}
