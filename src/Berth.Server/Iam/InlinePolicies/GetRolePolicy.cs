using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.InlinePolicies;

/// <summary>Gives the text of an inline policy of a role, URL-encoded.</summary>
internal sealed class GetRolePolicy(Berth.Identity.Entities.InlinePolicies policies)
    : Operation<GetRolePolicy.Request, GetRolePolicy.Response>
{
    public sealed record Request
    {
        [Length(1, 64), Pattern(Patterns.Name)]
        public required string RoleName { get; init; }

        [Length(1, 128), Pattern(Patterns.Name)]
        public required string PolicyName { get; init; }
    }

    public sealed record Response(string RoleName, string PolicyName, string PolicyDocument);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => call.Role(request.RoleName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var document = await policies.GetAsync(call.Role(request.RoleName), request.PolicyName, cancel);
        return new(request.RoleName, request.PolicyName, Uri.EscapeDataString(document));
    }
}
