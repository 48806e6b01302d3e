using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Groups;

/// <summary>Gives a group another name or path. Its id, users and rights stay.</summary>
internal sealed class UpdateGroup(Renaming renaming, Authorizer authorizer) : Operation<UpdateGroup.Request, UpdateGroup.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public required string GroupName { get; init; }

        [Length(1, 512), Pattern(Patterns.Path)]
        public string? NewPath { get; init; }

        [Length(1, 128), Pattern(Patterns.Name)]
        public string? NewGroupName { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => call.Group(request.GroupName).Arn();

    // Nobody moves anybody to where they may do nothing: the ARN that is to be must be allowed too.
    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var group = call.Group(request.GroupName);
        var moved = await renaming.ForeseeAsync(group, request.NewGroupName, request.NewPath, cancel);
        await authorizer.AuthorizeAsync(call.To("iam:UpdateGroup", moved.Arn, [.. ResourceTags.Of(moved.Tags)]), cancel);
        await renaming.RenameAsync(group, request.NewGroupName, request.NewPath, cancel);
        return new();
    }
}
