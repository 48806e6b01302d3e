using Berth.Identity;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.AccessKeys;

/// <summary>Makes an access key of a user, by default of the caller. Its secret is told this once.</summary>
internal sealed class CreateAccessKey(OwnedKeys keys) : Operation<CreateAccessKey.Request, CreateAccessKey.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public string? UserName { get; init; }
    }

    public sealed record Response(AccessKeyDetail AccessKey);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => call.UserOrCaller(request.UserName).Arn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        new(AccessKeyDetail.Of(await keys.CreateAsync(call.UserOrCaller(request.UserName), cancel)));
}
