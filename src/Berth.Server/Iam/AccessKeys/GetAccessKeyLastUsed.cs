using Berth.Identity;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;
using Berth.Vocabulary;

namespace Berth.Server.Iam.AccessKeys;

/// <summary>Tells when, for which service and in which Region an access key was last good, to some minutes.</summary>
internal sealed class GetAccessKeyLastUsed(OwnedKeys keys, Authorizer authorizer)
    : Operation<GetAccessKeyLastUsed.Request, GetAccessKeyLastUsed.Response>
{
    public sealed record Request
    {
        [Length(16, 128), Pattern(Patterns.Id)]
        public required string AccessKeyId { get; init; }
    }

    public sealed record Response(string? UserName, AccessKeyLastUsed AccessKeyLastUsed);

    public override AccessLevel Level => AccessLevel.Read;

    // The request does not name the user whose key it is, and policies do: what is allowed is decided when that is known.
    protected override IEnumerable<string> Resources(Call call, Request request) => [];

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var key = await keys.FindAsync(call.Caller.Account, request.AccessKeyId, cancel);
        var user = call.User(key?.UserName ?? "*");
        await authorizer.AuthorizeAsync(call.To("iam:GetAccessKeyLastUsed", user.Arn()), cancel);
        return key is null
            ? throw new IdentityNotFound($"The Access Key with id {request.AccessKeyId} cannot be found.").AsException()
            : new(key.UserName, AccessKeyLastUsed.Of(key));
    }
}
