using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Gate;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Shapes;

/// <summary>Who may have a stack made with a role.</summary>
internal static class StackRoles
{
    private static readonly KeyValuePair<string, ContextValue> ToStacks =
        KeyValuePair.Create("iam:PassedToService", ContextValue.One(StackCallers.Service));

    /// <summary>Refuses a role that the caller may not pass.</summary>
    public static Task AuthorizeAsync(Authorizer authorizer, Call call, string? roleArn, CancellationToken cancel) =>
        roleArn is null ? Task.CompletedTask : authorizer.AuthorizeAsync(call.To("iam:PassRole", roleArn, ToStacks), cancel).AsTask();
}
