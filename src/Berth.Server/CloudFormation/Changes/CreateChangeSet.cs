using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.CloudFormation.Shapes;
using Berth.Server.Gate;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Changes;

/// <summary>Says what an update would do, or what making a stack would.</summary>
internal sealed class CreateChangeSet(ChangeSets sets, Authorizer authorizer) : Operation<CreateChangeSet.Request, CreateChangeSet.Response>
{
    public sealed record Request
    {
        [Values("CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND")]
        public IReadOnlyList<string>? Capabilities { get; init; }

        [Length(1, 128), Pattern(@"[a-zA-Z][-a-zA-Z0-9]*")]
        public required string ChangeSetName { get; init; }

        [Values("CREATE", "UPDATE", "IMPORT")]
        public string? ChangeSetType { get; init; }

        [Length(1, 128)]
        public string? ClientToken { get; init; }

        [Values("REVERT_DRIFT")]
        public string? DeploymentMode { get; init; }

        [Length(1, 1024)]
        public string? Description { get; init; }

        public bool? ImportExistingResources { get; init; }

        public bool? IncludeNestedStacks { get; init; }

        [Count(0, 5)]
        public IReadOnlyList<string>? NotificationARNs { get; init; }

        [Values("DO_NOTHING", "ROLLBACK", "DELETE")]
        public string? OnStackFailure { get; init; }

        public IReadOnlyList<ParameterEntry>? Parameters { get; init; }

        [Length(1, 256)]
        public IReadOnlyList<string>? ResourceTypes { get; init; }

        [Count(0, 200)]
        public IReadOnlyList<ImportedResource>? ResourcesToImport { get; init; }

        [Length(20, 2048)]
        public string? RoleARN { get; init; }

        public RollbackConfiguration? RollbackConfiguration { get; init; }

        [Length(1), Pattern(@"([a-zA-Z][-a-zA-Z0-9]*)|(arn:\b(aws|aws-us-gov|aws-cn)\b:[-a-zA-Z0-9:/._+]*)")]
        public required string StackName { get; init; }

        [Count(0, 50)]
        public IReadOnlyList<TagEntry>? Tags { get; init; }

        [Length(1)]
        public string? TemplateBody { get; init; }

        [Length(1, 5120)]
        public string? TemplateURL { get; init; }

        public bool? UsePreviousTemplate { get; init; }
    }

    public sealed record Response(string Id, string StackId);

    public override AccessLevel Level => AccessLevel.Write;

    public override void Check(object request) => StackInputs.Check(((Request)request).StackName, ((Request)request).TemplateBody);

    protected override string Resource(Call call, Request request) => StackNames.ArnOf(call, request.StackName);

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) =>
        StackKeys.Of(request.RoleARN, request.TemplateURL, request.Tags);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        StackInputs.Refuse(request.NotificationARNs, nameof(request.NotificationARNs));
        StackInputs.Refuse(request.ResourcesToImport, nameof(request.ResourcesToImport));
        StackInputs.Refuse(request.RollbackConfiguration);
        StackInputs.Refuse(request.ImportExistingResources is true ? "true" : null, nameof(request.ImportExistingResources));
        StackInputs.Refuse(request.DeploymentMode, nameof(request.DeploymentMode));
        StackInputs.Refuse(request.ChangeSetType is "IMPORT" ? "IMPORT" : null, nameof(request.ChangeSetType));
        await StackRoles.AuthorizeAsync(authorizer, call, request.RoleARN, cancel);
        var made = await sets.CreateAsync(
            new(call.Caller, call.Registry, request.StackName)
            {
                Body = request.TemplateBody,
                Url = request.TemplateURL,
                UsesPrevious = request.UsePreviousTemplate is true,
                Parameters = ParameterEntry.ToGiven(request.Parameters),
                Tags = request.Tags is null ? null : TagEntry.ToTags(request.Tags),
                Capabilities = request.Capabilities ?? [],
                RoleArn = request.RoleARN,
                ResourceTypes = request.ResourceTypes,
                Operation = new(0, default) { Token = request.ClientToken },
            },
            new(request.ChangeSetName, request.ChangeSetType is "CREATE")
            {
                Description = request.Description,
                OnFailure = request.OnStackFailure,
                IncludesNested = request.IncludeNestedStacks is true,
            },
            cancel);
        return new(made.Id, made.StackId);
    }
}
