using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Shapes;

/// <summary>What every request of EC2 has.</summary>
internal abstract record Ec2Request
{
    /// <summary>Whether the call is only to say if it were allowed.</summary>
    public bool? DryRun { get; init; }
}

/// <summary>A request for something that can have tags.</summary>
internal abstract record Ec2CreationRequest : Ec2Request
{
    /// <summary>The tags it is made with.</summary>
    [JsonPropertyName("TagSpecification")]
    public IReadOnlyList<TagSpecification>? TagSpecifications { get; init; }
}

/// <summary>An operation of EC2, each of which can be tried: it ends in an error then, of one kind when it is allowed and of another when not.</summary>
internal abstract class Ec2Operation<TRequest, TResponse> : Operation<TRequest, TResponse>
    where TRequest : Ec2Request
    where TResponse : class
{
    /// <inheritdoc/>
    protected sealed override async Task<TResponse> HandleAsync(Call call, TRequest request, CancellationToken cancel)
    {
        await PermitAsync(call, request, cancel);
        return request.DryRun is true ? throw new DryRunPassed().AsException() : await RunAsync(call, request, cancel);
    }

    /// <summary>Returns when the caller may do all that the call is, besides the action of its own name.</summary>
    protected virtual Task PermitAsync(Call call, TRequest request, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Does what the operation is for.</summary>
    protected abstract Task<TResponse> RunAsync(Call call, TRequest request, CancellationToken cancel);
}

/// <summary>An operation that makes something with tags.</summary>
internal abstract class Ec2Creation<TRequest, TResponse>(Authorizer authorizer, params IReadOnlyList<NetworkKind> kinds) : Ec2Operation<TRequest, TResponse>
    where TRequest : Ec2CreationRequest
    where TResponse : class
{
    /// <inheritdoc/>
    public override AccessLevel Level => AccessLevel.Write;

    /// <summary>Decides on what else the call needs.</summary>
    protected Authorizer Authorizer => authorizer;

    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(TRequest request) => kinds.SelectMany(kind => KeysOf(request, kind));

    /// <summary>The tags that are asked for something of a kind; by default of the first.</summary>
    protected IReadOnlyList<NetworkTag> TagsOf(TRequest request, NetworkKind? kind = null) =>
        TagSpecification.TagsOf(request.TagSpecifications, kind ?? kinds[0]);

    /// <inheritdoc/>
    protected override async Task PermitAsync(Call call, TRequest request, CancellationToken cancel)
    {
        TagSpecification.Check(call, request.TagSpecifications, kinds);
        foreach (var kind in kinds.Where(kind => TagsOf(request, kind).Any(tag => RequestTags.IsAsked(tag.Key))))
        {
            var action = KeyValuePair.Create("ec2:CreateAction", ContextValue.One(Name));
            await authorizer.AuthorizeAsync(call.To("ec2:CreateTags", kind.ArnOf(call.Registry, "*"), [.. KeysOf(request, kind), action]), cancel);
        }
    }

    private IEnumerable<KeyValuePair<string, ContextValue>> KeysOf(TRequest request, NetworkKind kind) =>
        RequestTags.Of([.. TagsOf(request, kind).Select(tag => KeyValuePair.Create(tag.Key, tag.Value))]);
}
