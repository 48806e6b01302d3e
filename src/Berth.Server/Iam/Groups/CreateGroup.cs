using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Groups;

/// <summary>Creates a group.</summary>
internal sealed class CreateGroup(IamGroups groups) : Operation<CreateGroup.Request, CreateGroup.Response>
{
    public sealed record Request
    {
        [Length(1, 512), Pattern(Patterns.Path)]
        public string? Path { get; init; }

        [Length(1, 128), Pattern(Patterns.Name)]
        public required string GroupName { get; init; }
    }

    public sealed record Response(GroupDetail Group);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => call.Group(request.GroupName).Arn(request.Path);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        new(GroupDetail.Of(await groups.CreateAsync(new(call.Group(request.GroupName)) { Path = request.Path }, cancel)));
}
