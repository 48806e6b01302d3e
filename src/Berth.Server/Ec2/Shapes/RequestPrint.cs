using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Berth.Server.Ec2.Shapes;

/// <summary>Tells whether two requests with one client token are the same.</summary>
internal static class RequestPrint
{
    /// <summary>A print of all of a request but its client token; null for one that has none.</summary>
    public static string? Of(Ec2Request request, string? token)
    {
        if (token is null)
        {
            return null;
        }

        var json = JsonSerializer.SerializeToNode<object>(request)!.AsObject();
        json.Remove("ClientToken");
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes<JsonNode>(json)));
    }
}
