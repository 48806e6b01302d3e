using Berth.Identity;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.AccessKeys;

/// <summary>Deletes an access key. What was signed in with it is signed out.</summary>
internal sealed class DeleteAccessKey(OwnedKeys keys) : Operation<DeleteAccessKey.Request, DeleteAccessKey.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public string? UserName { get; init; }

        [Length(16, 128), Pattern(Patterns.Id)]
        public required string AccessKeyId { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => call.UserOrCaller(request.UserName).Arn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await keys.DeleteAsync(call.UserOrCaller(request.UserName), request.AccessKeyId, cancel);
        return new();
    }
}
