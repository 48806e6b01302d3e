using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Stacks;

/// <summary>How many stacks an account may have, and what they may have.</summary>
internal sealed class DescribeAccountLimits() : Operation<DescribeAccountLimits.Request, DescribeAccountLimits.Response>
{
    public sealed record Request
    {
        [Length(1, 1024)]
        public string? NextToken { get; init; }
    }

    public sealed record Response(IReadOnlyList<LimitEntry> AccountLimits);

    public override AccessLevel Level => AccessLevel.Read;

    protected override Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        Task.FromResult(new Response([new("StackLimit", StackChanges.MostStacks), new("StackOutputsLimit", 200)]));

    /// <summary>A limit.</summary>
    public sealed record LimitEntry(string Name, int Value);
}
