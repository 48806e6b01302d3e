using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>
/// The URL by which an OpenID Connect provider names itself in its tokens. It is <c>https</c>; <c>http</c> only on the loopback
/// address, where nobody listens on the way.
/// </summary>
public sealed record OidcUrl
{
    // Condition keys begin with the provider's name, which must not be taken for a service's.
    private static readonly string[] Reserved = ["aws", "ecr", "iam", "sts"];

    private OidcUrl(string text, Uri uri) => (Text, Uri) = (text, uri);

    /// <summary>Letter for letter as given: tokens must say the same.</summary>
    public string Text { get; }

    /// <summary>Where it is.</summary>
    public Uri Uri { get; }

    /// <summary>Without the scheme: the provider's name, in its ARN and before its condition keys.</summary>
    public string Name => Text[(Uri.Scheme.Length + Uri.SchemeDelimiter.Length)..];

    /// <summary>Reads a URL whose length was checked before; anything else is the fault <see cref="IdentityInputInvalid"/>.</summary>
    public static OidcUrl Parse(string text)
    {
        var isUrl = Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && IsSafe(uri)
            && uri is { Query: "", Fragment: "", UserInfo: "" }
            && text.StartsWith(uri.Scheme + Uri.SchemeDelimiter + uri.Host, StringComparison.Ordinal)
            && text.All(IsPlain)
            && !Reserved.Contains(uri.Host, StringComparer.OrdinalIgnoreCase);
        return isUrl ? new(text, uri!) : throw new IdentityInputInvalid("Invalid Open ID Connect Provider URL").AsException();
    }

    /// <summary>Whether nobody between here and there can read or change what is sent.</summary>
    public static bool IsSafe(Uri uri) => uri is { Scheme: "https" } or { Scheme: "http", IsLoopback: true };

    // What has another meaning in ARNs and in patterns over them is left out.
    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || "-._~:/[]%@".Contains(character, StringComparison.Ordinal);
}
