using Berth.Identity;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Sts.Shapes;
using Berth.Vocabulary;

namespace Berth.Server.Sts;

/// <summary>Tells which account an active long-term access key belongs to. A temporary key's account stands only in its token.</summary>
internal sealed class GetAccessKeyInfo(AccessKeys keys) : Operation<GetAccessKeyInfo.Request, GetAccessKeyInfo.Response>
{
    public sealed record Request
    {
        [Length(16, 128), Pattern(StsPatterns.AccessKeyId)]
        public required string AccessKeyId { get; init; }
    }

    public sealed record Response(string Account);

    public override AccessLevel Level => AccessLevel.Read;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        await keys.FindAsync(request.AccessKeyId, cancel) is { } key
            ? new(key.Principal.Account.ToString())
            : throw new IdentityValidationFailed($"there is no access key '{request.AccessKeyId}'").AsException();
}
