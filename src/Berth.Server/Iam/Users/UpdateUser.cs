using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Users;

/// <summary>Gives a user another name or path. Its id, keys and rights stay.</summary>
internal sealed class UpdateUser(Renaming renaming, Authorizer authorizer) : Operation<UpdateUser.Request, UpdateUser.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public required string UserName { get; init; }

        [Length(1, 512), Pattern(Patterns.Path)]
        public string? NewPath { get; init; }

        [Length(1, 64), Pattern(Patterns.Name)]
        public string? NewUserName { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => call.User(request.UserName).Arn();

    // Nobody moves anybody to where they may do nothing: the ARN that is to be must be allowed too.
    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var user = call.User(request.UserName);
        var moved = await renaming.ForeseeAsync(user, request.NewUserName, request.NewPath, cancel);
        await authorizer.AuthorizeAsync(call.To("iam:UpdateUser", moved.Arn, [.. ResourceTags.Of(moved.Tags)]), cancel);
        await renaming.RenameAsync(user, request.NewUserName, request.NewPath, cancel);
        return new();
    }
}
