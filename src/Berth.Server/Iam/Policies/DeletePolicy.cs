using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Server.Iam.Policies;

/// <summary>Deletes a managed policy that nobody has, with its default version.</summary>
internal sealed class DeletePolicy(ManagedPolicies policies) : Operation<DeletePolicy.Request, DeletePolicy.Response>
{
    public sealed record Request
    {
        [Length(20, 2048)]
        public required string PolicyArn { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Permissions;

    protected override string Resource(Call call, Request request) => request.PolicyArn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await policies.DeleteAsync(request.PolicyArn, cancel);
        return new();
    }
}
