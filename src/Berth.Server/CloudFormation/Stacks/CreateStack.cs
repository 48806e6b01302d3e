using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.CloudFormation.Shapes;
using Berth.Server.Gate;
using Berth.Stacks;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Stacks;

/// <summary>Begins to make a stack.</summary>
internal sealed class CreateStack(StackChanges stacks, Authorizer authorizer) : Operation<CreateStack.Request, CreateStack.Response>
{
    public sealed record Request
    {
        [Values("CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND")]
        public IReadOnlyList<string>? Capabilities { get; init; }

        [Length(1, 128), Pattern(@"[a-zA-Z0-9][-a-zA-Z0-9]*")]
        public string? ClientRequestToken { get; init; }

        public bool? DisableRollback { get; init; }

        public bool? EnableTerminationProtection { get; init; }

        [Count(0, 5)]
        public IReadOnlyList<string>? NotificationARNs { get; init; }

        [Values("DO_NOTHING", "ROLLBACK", "DELETE")]
        public string? OnFailure { get; init; }

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

        [Length(1, 5120)]
        public string? StackPolicyURL { get; init; }

        [Count(0, 50)]
        public IReadOnlyList<TagEntry>? Tags { get; init; }

        [Length(1)]
        public string? TemplateBody { get; init; }

        [Length(1, 5120)]
        public string? TemplateURL { get; init; }

        [Range(1)]
        public int? TimeoutInMinutes { get; init; }
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
        StackInputs.Refuse(request.NotificationARNs, nameof(request.NotificationARNs));
        StackInputs.Refuse(request.RollbackConfiguration);
        if (request is { OnFailure: not null, DisableRollback: not null })
        {
            throw new StackRequestInvalid("Only one of DisableRollback and OnFailure may be specified").AsException();
        }

        await StackRoles.AuthorizeAsync(authorizer, call, request.RoleARN, cancel);
        var made = await stacks.CreateAsync(
            new(call.Caller, call.Registry, StackNames.NewName(request.StackName))
            {
                Body = request.TemplateBody,
                Url = request.TemplateURL,
                Parameters = ParameterEntry.ToGiven(request.Parameters),
                Tags = TagEntry.ToTags(request.Tags),
                Capabilities = request.Capabilities ?? [],
                RoleArn = request.RoleARN,
                ResourceTypes = request.ResourceTypes,
                IsProtected = request.EnableTerminationProtection is true,
                Operation = new(0, default)
                {
                    Token = request.ClientRequestToken,
                    OnFailure = request.OnFailure ?? (request.DisableRollback is true ? "DO_NOTHING" : "ROLLBACK"),
                    TimeoutInMinutes = request.TimeoutInMinutes,
                    RetainExceptOnCreate = request.RetainExceptOnCreate is true,
                },
            },
            cancel);
        return new(made.Id);
    }
}
