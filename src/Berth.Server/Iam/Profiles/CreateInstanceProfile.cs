using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Profiles;

/// <summary>Creates an instance profile, through which a machine gets a role.</summary>
internal sealed class CreateInstanceProfile(InstanceProfiles profiles, Authorizer authorizer) : Operation<CreateInstanceProfile.Request, CreateInstanceProfile.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public required string InstanceProfileName { get; init; }

        [Length(1, 512), Pattern(Patterns.Path)]
        public string? Path { get; init; }

        [Count(0, 50)]
        public IReadOnlyList<TagEntry>? Tags { get; init; }
    }

    public sealed record Response(ProfileDetail InstanceProfile);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => call.InstanceProfile(request.InstanceProfileName).Arn(request.Path);

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) => TagEntry.Keys(request.Tags);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        if (request.Tags is { Count: > 0 })
        {
            await authorizer.AuthorizeAsync(call.To("iam:TagInstanceProfile", Resource(call, request), [.. Keys(request)]), cancel);
        }

        var made = new NewEntity(call.InstanceProfile(request.InstanceProfileName)) { Path = request.Path, Tags = TagEntry.ToTags(request.Tags) };
        return new(ProfileDetail.Of(await profiles.CreateAsync(made, cancel)));
    }
}
