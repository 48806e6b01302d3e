using Berth.Policy;
using Berth.Server.Gate;

namespace Berth.Server.CloudFormation.Shapes;

/// <summary>The condition keys of calls that make or change stacks (Service Authorization Reference, CloudFormation).</summary>
internal static class StackKeys
{
    public static IEnumerable<KeyValuePair<string, ContextValue>> Of(string? roleArn, string? templateUrl, IReadOnlyList<TagEntry>? tags)
    {
        if (roleArn is not null)
        {
            yield return new("cloudformation:RoleArn", ContextValue.One(roleArn));
        }

        if (templateUrl is not null)
        {
            yield return new("cloudformation:TemplateUrl", ContextValue.One(templateUrl));
        }

        foreach (var key in RequestTags.Of([.. (tags ?? []).Select(tag => KeyValuePair.Create(tag.Key, tag.Value))]))
        {
            yield return key;
        }
    }
}
