using System.Text.Json;
using Berth.Policy.Documents;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>What a VPC endpoint takes for its policy (AWS PrivateLink Guide, "Control access to VPC endpoints using endpoint policies").</summary>
internal static class EndpointPolicy
{
    private const int Longest = 20_480;

    /// <summary>The policy as it is kept: null for none, and for one that is empty. Fault: <see cref="EndpointRefused"/>.</summary>
    /// <param name="text">The document, with all its white space.</param>
    /// <param name="isGateway">Whether it is for a gateway, whose policy speaks of everybody.</param>
    public static string? Check(string? text, bool isGateway)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (text.Length > Longest)
        {
            throw EndpointRefused.Policy($"it has {text.Length} characters, and may have {Longest}").AsException();
        }

        try
        {
            PolicyReader.Read(text, PolicyGrammar.Shared);
        }
        catch (PolicyFormatException broken)
        {
            throw EndpointRefused.Policy($"{broken.Message} at {broken.Path}").AsException();
        }

        if (isGateway && !SpeaksOfEverybody(text))
        {
            throw EndpointRefused.Policy("the Principal of a gateway endpoint's policy is \"*\"").AsException();
        }

        return text;
    }

    private static bool SpeaksOfEverybody(string text)
    {
        using var document = JsonDocument.Parse(text);
        var statements = document.RootElement.GetProperty("Statement");
        return (statements.ValueKind is JsonValueKind.Array ? statements.EnumerateArray().ToArray() : [statements])
            .All(statement => statement.TryGetProperty("Principal", out var principal) && IsEverybody(principal));
    }

    private static bool IsEverybody(JsonElement principal) => principal.ValueKind switch
    {
        JsonValueKind.String => principal.ValueEquals("*"),
        JsonValueKind.Array => principal.GetArrayLength() == 1 && IsEverybody(principal[0]),
        JsonValueKind.Object => principal.EnumerateObject().All(member => member.NameEquals("AWS") && IsEverybody(member.Value)),
        _ => false,
    };
}
