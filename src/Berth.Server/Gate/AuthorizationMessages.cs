using System.Text.Json;
using Berth.Storage.Blobs;
using Berth.Vocabulary;

namespace Berth.Server.Gate;

/// <summary>
/// Seals what there is to tell of a denial into a message that its caller is given and cannot read: DecodeAuthorizationMessage
/// opens it for those who may know. Nothing is stored.
/// </summary>
internal sealed class AuthorizationMessages(Keyring keyring)
{
    /// <summary>The response header that carries the message, on both wires.</summary>
    public const string Header = "x-berth-authorization-message";

    private const string Purpose = "authorization-message";

    // Some proxies take no longer headers.
    private const int Longest = 4096;

    /// <summary>
    /// The message of a denial, in base 64 and of at most 4096 characters: when need be without statements, and then without
    /// conditions. Null when even the rest is too long.
    /// </summary>
    public string? Seal(Denial denial) =>
        Encode(denial) ?? Encode(denial with { Statements = [] }) ?? Encode(denial with { Statements = [], Conditions = [] });

    /// <summary>What a message says to an account. The fault is <see cref="AuthorizationMessageInvalid"/>, also when it may not know.</summary>
    public Denial Open(string message, AccountId reader)
    {
        var bytes = new byte[message.Length];
        return Convert.TryFromBase64String(message, bytes, out var length)
            && keyring.TryOpen(Purpose, bytes.AsSpan(0, length), [], out var plain)
            && JsonSerializer.Deserialize<Denial>(plain)?.For(reader) is { } denial
                ? denial
                : throw new AuthorizationMessageInvalid().AsException();
    }

    /// <summary>Gives the message of a denial to its caller; any other failure has none.</summary>
    public static void Attach(HttpResponse response, Exception failure)
    {
        if (failure is FaultException { Fault: AccessDenied { EncodedMessage: { } message } })
        {
            response.Headers[Header] = message;
        }
    }

    private string? Encode(Denial denial)
    {
        var message = Convert.ToBase64String(keyring.Seal(Purpose, JsonSerializer.SerializeToUtf8Bytes(denial), []));
        return message.Length <= Longest ? message : null;
    }
}
