using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.InlinePolicies;

/// <summary>Gives the text of an inline policy of a group, URL-encoded.</summary>
internal sealed class GetGroupPolicy(Berth.Identity.Entities.InlinePolicies policies)
    : Operation<GetGroupPolicy.Request, GetGroupPolicy.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public required string GroupName { get; init; }

        [Length(1, 128), Pattern(Patterns.Name)]
        public required string PolicyName { get; init; }
    }

    public sealed record Response(string GroupName, string PolicyName, string PolicyDocument);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => call.Group(request.GroupName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var document = await policies.GetAsync(call.Group(request.GroupName), request.PolicyName, cancel);
        return new(request.GroupName, request.PolicyName, Uri.EscapeDataString(document));
    }
}
