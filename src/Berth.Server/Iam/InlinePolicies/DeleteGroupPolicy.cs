using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.InlinePolicies;

/// <summary>Deletes an inline policy of a group.</summary>
internal sealed class DeleteGroupPolicy(Berth.Identity.Entities.InlinePolicies policies)
    : Operation<DeleteGroupPolicy.Request, DeleteGroupPolicy.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public required string GroupName { get; init; }

        [Length(1, 128), Pattern(Patterns.Name)]
        public required string PolicyName { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Permissions;

    protected override string Resource(Call call, Request request) => call.Group(request.GroupName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await policies.DeleteAsync(call.Group(request.GroupName), request.PolicyName, cancel);
        return new();
    }
}
