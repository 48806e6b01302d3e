using Berth.Identity;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.AccessKeys;

/// <summary>Has an access key sign requests, or sign none for now.</summary>
internal sealed class UpdateAccessKey(OwnedKeys keys) : Operation<UpdateAccessKey.Request, UpdateAccessKey.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public string? UserName { get; init; }

        [Length(16, 128), Pattern(Patterns.Id)]
        public required string AccessKeyId { get; init; }

        [Values("Active", "Inactive", "Expired")]
        public required string Status { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => call.UserOrCaller(request.UserName).Arn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await keys.SetActiveAsync(call.UserOrCaller(request.UserName), request.AccessKeyId, AccessKeyMetadata.IsActive(request.Status), cancel);
        return new();
    }
}
