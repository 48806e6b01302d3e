using Berth.Server.Aws;
using Berth.Server.CloudFormation.Changes;
using Berth.Server.CloudFormation.Exports;
using Berth.Server.CloudFormation.Stacks;
using Berth.Server.CloudFormation.Templates;
using Berth.Server.Gate;
using Berth.Stacks;

namespace Berth.Server.CloudFormation;

/// <summary>AWS CloudFormation, for what a registry and its surroundings are made of.</summary>
internal static class CloudFormationService
{
    /// <summary>The operations that are built.</summary>
    public static Service Create(CloudFormationParts parts) =>
        new Service("cloudformation", new Query("2010-05-15", "http://cloudformation.amazonaws.com/doc/2010-05-15/"))
            .AddStacks(parts)
            .AddReads(parts)
            .AddChangeSets(parts)
            .AddTemplates(parts);

    private static Service AddStacks(this Service service, CloudFormationParts parts) => service
        .Add(() => new CreateStack(parts.Changes, parts.Authorizer))
        .Add(() => new UpdateStack(parts.Changes, parts.Authorizer))
        .Add(() => new DeleteStack(parts.Changes, parts.Authorizer))
        .Add(() => new CancelUpdateStack(parts.Changes))
        .Add(() => new ContinueUpdateRollback(parts.Changes, parts.Authorizer))
        .Add(() => new UpdateTerminationProtection(parts.Changes))
        .Add(() => new DescribeAccountLimits());

    private static Service AddReads(this Service service, CloudFormationParts parts) => service
        .Add(() => new DescribeStacks(parts.Reads, parts.PageTokens))
        .Add(() => new ListStacks(parts.Reads, parts.PageTokens))
        .Add(() => new DescribeStackEvents(parts.Reads, parts.PageTokens))
        .Add(() => new DescribeStackResource(parts.Reads))
        .Add(() => new DescribeStackResources(parts.Reads))
        .Add(() => new ListStackResources(parts.Reads, parts.PageTokens))
        .Add(() => new ListExports(parts.Reads, parts.PageTokens))
        .Add(() => new ListImports(parts.Reads, parts.PageTokens));

    private static Service AddChangeSets(this Service service, CloudFormationParts parts) => service
        .Add(() => new CreateChangeSet(parts.ChangeSets, parts.Authorizer))
        .Add(() => new DescribeChangeSet(parts.ChangeSets))
        .Add(() => new ExecuteChangeSet(parts.ChangeSets))
        .Add(() => new DeleteChangeSet(parts.ChangeSets))
        .Add(() => new ListChangeSets(parts.Reads, parts.ChangeSets, parts.PageTokens));

    private static Service AddTemplates(this Service service, CloudFormationParts parts) => service
        .Add(() => new GetTemplate(parts.Reads, parts.ChangeSets))
        .Add(() => new GetTemplateSummary(parts.Reads, parts.Templates))
        .Add(() => new ValidateTemplate(parts.Templates));
}

/// <summary>What the operations of stacks are made with.</summary>
internal sealed record CloudFormationParts
{
    public required StackChanges Changes { get; init; }

    public required StackReads Reads { get; init; }

    public required ChangeSets ChangeSets { get; init; }

    public required StackTemplates Templates { get; init; }

    public required Authorizer Authorizer { get; init; }

    public required PageTokens PageTokens { get; init; }
}
