using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.InlinePolicies;

/// <summary>Gives the text of an inline policy of a user, URL-encoded.</summary>
internal sealed class GetUserPolicy(Berth.Identity.Entities.InlinePolicies policies)
    : Operation<GetUserPolicy.Request, GetUserPolicy.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public required string UserName { get; init; }

        [Length(1, 128), Pattern(Patterns.Name)]
        public required string PolicyName { get; init; }
    }

    public sealed record Response(string UserName, string PolicyName, string PolicyDocument);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => call.User(request.UserName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var document = await policies.GetAsync(call.User(request.UserName), request.PolicyName, cancel);
        return new(request.UserName, request.PolicyName, Uri.EscapeDataString(document));
    }
}
