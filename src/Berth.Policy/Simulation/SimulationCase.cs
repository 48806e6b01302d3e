using System.Text.Json;
using Berth.Policy.Documents;

namespace Berth.Policy.Simulation;

/// <summary>A request with all policies that have a say in it, written as one JSON object.</summary>
/// <param name="Request">The question.</param>
/// <param name="Policies">What decides it.</param>
public sealed record SimulationCase(AccessRequest Request, ApplicablePolicies Policies)
{
    private const int MaxDepth = 32;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Reads a case. Members it does not know, such as a description, are passed over.</summary>
    /// <exception cref="PolicyFormatException">It is none.</exception>
    public static SimulationCase Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line, Options);
            var members = new Node(json.RootElement, "$").AsMembers()
                .Where(member => member.Value.Json.ValueKind is not JsonValueKind.Null)
                .ToDictionary(StringComparer.Ordinal);
            var request = ReadRequest(members);
            return new(request, ReadPolicies(members, request.Action));
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new PolicyFormatException("not a JSON object", "$");
        }
    }

    private static AccessRequest ReadRequest(Dictionary<string, Node> members) => new(
        Text(members, "principalArn"),
        Text(members, "principalAccount"),
        Text(members, "action"),
        Text(members, "resourceArn"),
        Text(members, "resourceAccount"))
    {
        Context = ReadContext(members),
    };

    private static RequestContext ReadContext(Dictionary<string, Node> members)
    {
        var several = Many(members, "multi").Select(name => name.AsText()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new(members.TryGetValue("context", out var context)
            ? context.AsMembers().Select(key => KeyValuePair.Create(
                key.Key,
                new ContextValue([.. key.Value.AsMany().Select(value => value.AsScalar())], several.Contains(key.Key))))
            : []);
    }

    private static ApplicablePolicies ReadPolicies(Dictionary<string, Node> members, string action) => new()
    {
        Identity = Documents(members, "identityPolicies", PolicyGrammar.OfIdentity),
        Resource = Documents(members, "resourcePolicy", PolicyGrammar.OfResource),
        ResourceSide = SideOf(action),
        Boundary = FindDocument(members, "permissionBoundary", PolicyGrammar.OfIdentity),
        Session = Documents(members, "sessionPolicies", PolicyGrammar.OfIdentity) is { Count: > 0 } session ? session : null,
        Endpoint = FindDocument(members, "endpointPolicy", PolicyGrammar.Shared),
        ServiceControl =
        [
            .. Many(members, "scps").Select(level => level.AsMany().Select(policy => PolicyReader.Read(policy, PolicyGrammar.OfIdentity)).ToList()),
        ],
    };

    /// <summary>Roles and keys are the resources whose own policy always takes part.</summary>
    private static ResourceSide SideOf(string action) => action switch
    {
        _ when action.StartsWith("sts:AssumeRole", StringComparison.OrdinalIgnoreCase) => ResourceSide.Trust,
        _ when action.StartsWith("kms:", StringComparison.OrdinalIgnoreCase) => ResourceSide.MustGrant,
        _ => ResourceSide.MayGrant,
    };

    private static string Text(Dictionary<string, Node> members, string name) =>
        members.TryGetValue(name, out var node) ? node.AsText() : throw new PolicyFormatException("missing", $"$.{name}");

    private static IEnumerable<Node> Many(Dictionary<string, Node> members, string name) =>
        members.TryGetValue(name, out var node) ? node.AsMany() : [];

    private static PolicyDocument? FindDocument(Dictionary<string, Node> members, string name, PolicyGrammar grammar) =>
        members.TryGetValue(name, out var node) ? PolicyReader.Read(node, grammar) : null;

    private static List<PolicyDocument> Documents(Dictionary<string, Node> members, string name, PolicyGrammar grammar) =>
        [.. Many(members, name).Select(policy => PolicyReader.Read(policy, grammar))];
}
