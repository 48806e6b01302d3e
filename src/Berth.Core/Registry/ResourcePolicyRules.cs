using System.Text.Json;
using Berth.Policy;
using Berth.Policy.Documents;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>What a policy of a repository or of a registry must be.</summary>
public sealed class ResourcePolicyRules
{
    private readonly string kind;
    private readonly PolicyGrammar grammar;
    private readonly IReadOnlyList<string> actions;

    private ResourcePolicyRules(string kind, PolicyGrammar grammar, params IEnumerable<string> actions)
    {
        (this.kind, this.grammar) = (kind, grammar);
        this.actions = [.. actions.Select(action => $"ecr:{action}".ToLowerInvariant())];
    }

    /// <summary>On one repository, which it need not name.</summary>
    public static ResourcePolicyRules OfRepository { get; } = new("repository", PolicyGrammar.OfResource, EcrActions.OnRepositories);

    /// <summary>On a registry: it says on which of its repositories.</summary>
    public static ResourcePolicyRules OfRegistry { get; } =
        new("registry", PolicyGrammar.Shared, EcrActions.OnRepositories.Concat(EcrActions.OnRegistries));

    /// <summary>On a registry of an account that keeps to the older scope.</summary>
    public static ResourcePolicyRules OfRegistryInOlderScope { get; } =
        new("registry", PolicyGrammar.Shared, EcrActions.InOlderRegistryPolicies);

    /// <summary>Whether a registry's policy speaks of an action in the older scope too.</summary>
    /// <param name="action">Such as <c>ecr:PutImage</c>.</param>
    public static bool IsInOlderScope(string action) =>
        OfRegistryInOlderScope.actions.Contains(action, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a policy; what is none of this kind is the fault <see cref="ResourcePolicyInvalid"/>.</summary>
    public PolicyDocument Read(string text)
    {
        PolicyDocument document;
        try
        {
            document = PolicyReader.Read(text, grammar);
        }
        catch (PolicyFormatException broken)
        {
            throw Refuse($"{broken.Message} at {broken.Path}");
        }

        return FindForeignAction(text) is { } foreign ? throw Refuse($"'{foreign}' is no action on a {kind}") : document;
    }

    /// <summary>Why a policy is refused, as the fault that says so.</summary>
    internal FaultException Refuse(string reason) => new ResourcePolicyInvalid(kind, reason).AsException();

    // A pattern that no action has is a mistake, and mostly one that a limit would be lost by.
    private string? FindForeignAction(string text)
    {
        using var json = JsonDocument.Parse(text);
        return Many(json.RootElement.GetProperty("Statement"))
            .SelectMany(statement => statement.EnumerateObject())
            .Where(element => element.Name is "Action" or "NotAction")
            .SelectMany(element => Many(element.Value))
            .Select(action => action.GetString()!)
            .FirstOrDefault(pattern => !actions.Any(action => Glob.IsMatch(pattern.ToLowerInvariant(), action)));
    }

    private static IEnumerable<JsonElement> Many(JsonElement element) =>
        element.ValueKind is JsonValueKind.Array ? element.EnumerateArray() : [element];
}
