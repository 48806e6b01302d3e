using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.CloudFormation.Shapes;
using Berth.Server.Gate;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Stacks;

/// <summary>Begins to update a stack.</summary>
internal sealed class UpdateStack(StackChanges stacks, Authorizer authorizer) : Operation<UpdateStack.Request, UpdateStack.Response>
{
    public sealed record Request
    {
        [Values("CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND")]
        public IReadOnlyList<string>? Capabilities { get; init; }

        [Length(1, 128), Pattern(@"[a-zA-Z0-9][-a-zA-Z0-9]*")]
        public string? ClientRequestToken { get; init; }

        public bool? DisableRollback { get; init; }

        [Count(0, 5)]
        public IReadOnlyList<string>? NotificationARNs { get; init; }

        public IReadOnlyList<ParameterEntry>? Parameters { get; init; }

        [Length(1, 256)]
        public IReadOnlyList<string>? ResourceTypes { get; init; }

        public bool? RetainExceptOnCreate { get; init; }

        [Length(20, 2048)]
        public string? RoleARN { get; init; }

        public RollbackConfiguration? RollbackConfiguration { get; init; }

        public required string StackName { get; init; }

        [Length(1, 16384)]
        public string? StackPolicyBody { get; init; }

        [Length(1, 16384)]
        public string? StackPolicyDuringUpdateBody { get; init; }

        [Length(1, 5120)]
        public string? StackPolicyDuringUpdateURL { get; init; }

        [Length(1, 5120)]
        public string? StackPolicyURL { get; init; }

        [Count(0, 50)]
        public IReadOnlyList<TagEntry>? Tags { get; init; }

        [Length(1)]
        public string? TemplateBody { get; init; }

        [Length(1, 5120)]
        public string? TemplateURL { get; init; }

        public bool? UsePreviousTemplate { get; init; }
    }

    public sealed record Response(string StackId);

    public override AccessLevel Level => AccessLevel.Write;

    public override void Check(object request) => StackInputs.Check(((Request)request).StackName, ((Request)request).TemplateBody);

    protected override string Resource(Call call, Request request) => StackNames.ArnOf(call, request.StackName);

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) =>
        StackKeys.Of(request.RoleARN, request.TemplateURL, request.Tags);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        StackInputs.Refuse(request.StackPolicyBody, nameof(request.StackPolicyBody));
        StackInputs.Refuse(request.StackPolicyURL, nameof(request.StackPolicyURL));
        StackInputs.Refuse(request.StackPolicyDuringUpdateBody, nameof(request.StackPolicyDuringUpdateBody));
        StackInputs.Refuse(request.StackPolicyDuringUpdateURL, nameof(request.StackPolicyDuringUpdateURL));
        StackInputs.Refuse(request.NotificationARNs, nameof(request.NotificationARNs));
        StackInputs.Refuse(request.RollbackConfiguration);
        await StackRoles.AuthorizeAsync(authorizer, call, request.RoleARN, cancel);
        var updated = await stacks.UpdateAsync(
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
                Operation = new(0, default)
                {
                    Token = request.ClientRequestToken,
                    OnFailure = request.DisableRollback is true ? "DO_NOTHING" : "ROLLBACK",
                    RetainExceptOnCreate = request.RetainExceptOnCreate is true,
                },
            },
            cancel);
        return new(updated.Id);
    }
}
