using Berth.Creation;
using Berth.Policy;
using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ecr.Templates;

/// <summary>What the requests on templates have in common.</summary>
internal static class TemplateRequest
{
    /// <summary>The pattern of a prefix.</summary>
    public const string Prefix = @"^([a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\/?|ROOT)$";

    /// <summary>The occasions; null when none are stated. An empty list would be a template that is never applied.</summary>
    public static IReadOnlyList<TemplateScenario>? Scenarios(IReadOnlyList<string>? names) => names is []
        ? throw new ParameterInvalid("appliedFor", "must name at least one occasion").AsException()
        : names?.Select(TemplateScenarioNames.FromWire).ToList();

    /// <summary>The rule on moving tags; null when none is stated.</summary>
    public static TagMutabilityRule? Rule(string? mutability, IReadOnlyList<ExclusionFilter>? filters) =>
        mutability is null && filters is null ? null : ExclusionFilter.ToRule(mutability, filters);

    /// <summary>Returns when the caller may hand ECR the role, which must be of the caller's own account. Faults: <see cref="ParameterInvalid"/>, <see cref="AccessDenied"/>.</summary>
    public static async ValueTask AuthorizeRoleAsync(Authorizer authorizer, Call call, string? role, CancellationToken cancel)
    {
        if (role is not { Length: > 0 })
        {
            return;
        }

        if (role.Split(':', 6) is not ["arn", _, "iam", "", var owner, var name]
            || !string.Equals(owner, call.Caller.Account.ToString(), StringComparison.Ordinal)
            || !name.StartsWith("role/", StringComparison.Ordinal))
        {
            throw new ParameterInvalid("customRoleArn", "must be the ARN of a role of the registry's account").AsException();
        }

        var service = KeyValuePair.Create("iam:PassedToService", ContextValue.One(CreateOnPush.Service));
        await authorizer.AuthorizeAsync(call.To("iam:PassRole", role, service), cancel);
    }
}
