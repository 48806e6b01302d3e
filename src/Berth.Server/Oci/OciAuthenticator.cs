using System.Net.Http.Headers;
using System.Text;
using Berth.Identity;
using Berth.Vocabulary;

namespace Berth.Server.Oci;

/// <summary>Finds out who sends a request: <c>Basic</c>, the user AWS, and an authorization token as its password.</summary>
internal sealed class OciAuthenticator(AuthorizationTokens tokens, TimeProvider time)
{
    private const string User = "AWS:";

    // Of malformed base 64 and malformed UTF-8 alike, no caller learns more than that it is not authorized.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The caller; otherwise the fault is <see cref="NotAuthenticated"/>.</summary>
    public async ValueTask<Caller> AuthenticateAsync(HttpRequest request, CancellationToken cancel)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            throw Failure(AuthenticationFailure.Missing);
        }

        var password = PasswordIn(header) ?? throw Failure(AuthenticationFailure.Malformed);
        return await tokens.OpenAsync(password, time.GetUtcNow(), cancel) ?? throw Failure(AuthenticationFailure.UnknownToken);
    }

    private static string? PasswordIn(string header)
    {
        if (!AuthenticationHeaderValue.TryParse(header, out var value)
            || !string.Equals(value.Scheme, "Basic", StringComparison.OrdinalIgnoreCase)
            || value.Parameter is not { } encoded)
        {
            return null;
        }

        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out var length)
            && Text(bytes.AsSpan(0, length)) is { } text
            && text.StartsWith(User, StringComparison.Ordinal)
                ? text[User.Length..]
                : null;
    }

    private static string? Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static FaultException Failure(AuthenticationFailure reason) =>
        new NotAuthenticated(reason, "Not Authorized").AsException();
}
