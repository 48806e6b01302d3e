using Berth.Templates;
using Berth.Vocabulary;

namespace Berth.Stacks;

/// <summary>What a caller must acknowledge before a template makes it (CloudFormation User Guide, "Acknowledging IAM resources").</summary>
public static class Capabilities
{
    private const string Iam = "CAPABILITY_IAM";
    private const string NamedIam = "CAPABILITY_NAMED_IAM";

    // The property that names a resource; those without one are made with names of their own, or have none.
    private static readonly Dictionary<string, string?> Types = new(StringComparer.Ordinal)
    {
        ["AWS::IAM::AccessKey"] = null,
        ["AWS::IAM::Group"] = "GroupName",
        ["AWS::IAM::InstanceProfile"] = "InstanceProfileName",
        ["AWS::IAM::ManagedPolicy"] = "ManagedPolicyName",
        ["AWS::IAM::Policy"] = null,
        ["AWS::IAM::Role"] = "RoleName",
        ["AWS::IAM::User"] = "UserName",
        ["AWS::IAM::UserToGroupAddition"] = null,
    };

    /// <summary>The capability that a template needs, and the resources for which; null for none.</summary>
    public static (string Capability, IReadOnlyList<TemplateResource> Resources)? NeededBy(Template template)
    {
        var found = template.Resources.Where(resource => Types.ContainsKey(resource.Type)).ToArray();
        return found.Length == 0 ? null : (found.Any(IsNamed) ? NamedIam : Iam, found);
    }

    /// <summary>Refuses a template that needs more than was acknowledged. Fault: <see cref="CapabilityMissing"/>.</summary>
    public static void Check(Template template, IReadOnlyList<string> acknowledged)
    {
        if (NeededBy(template) is var (needed, _)
            && !acknowledged.Contains(needed, StringComparer.Ordinal)
            && !(needed is Iam && acknowledged.Contains(NamedIam, StringComparer.Ordinal)))
        {
            throw new CapabilityMissing(needed).AsException();
        }
    }

    private static bool IsNamed(TemplateResource resource) =>
        Types[resource.Type] is { } property && resource.Properties.ContainsKey(property);
}
