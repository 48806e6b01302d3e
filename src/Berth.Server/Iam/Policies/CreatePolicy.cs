using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Policies;

/// <summary>Creates a managed policy, whose first version is what it says.</summary>
internal sealed class CreatePolicy(ManagedPolicies policies, Authorizer authorizer) : Operation<CreatePolicy.Request, CreatePolicy.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public required string PolicyName { get; init; }

        [Length(1, 512), Pattern(Patterns.PolicyPath)]
        public string? Path { get; init; }

        [Length(1, 131_072), Pattern(Patterns.Document)]
        public required string PolicyDocument { get; init; }

        [Length(0, 1000)]
        public string? Description { get; init; }

        [Count(0, 50)]
        public IReadOnlyList<TagEntry>? Tags { get; init; }
    }

    public sealed record Response(PolicyDetail Policy);

    public override AccessLevel Level => AccessLevel.Permissions;

    protected override string Resource(Call call, Request request) => call.Policy(request.PolicyName).Arn(request.Path);

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) => TagEntry.Keys(request.Tags);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        if (request.Tags is { Count: > 0 })
        {
            await authorizer.AuthorizeAsync(call.To("iam:TagPolicy", Resource(call, request), [.. Keys(request)]), cancel);
        }

        var made = new NewEntity(call.Policy(request.PolicyName))
        {
            Path = request.Path,
            Description = request.Description,
            Tags = TagEntry.ToTags(request.Tags),
        };
        return new(PolicyDetail.Of(await policies.CreateAsync(made, request.PolicyDocument, cancel)));
    }
}
