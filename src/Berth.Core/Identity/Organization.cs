using Berth.Storage.Blobs;

namespace Berth.Identity;

/// <summary>The organization that all accounts of a deployment belong to.</summary>
public sealed class Organization
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuv";

    /// <summary>Its ids follow from the keyring: they are the same on every node and for the life of the deployment.</summary>
    public Organization(Keyring keyring)
    {
        var bytes = keyring.Derive("organization");
        Id = "o-" + Text(bytes.AsSpan(0, 10));
        RootId = "r-" + Text(bytes.AsSpan(10, 4));
    }

    /// <summary>Such as <c>o-a1b2c3d4e5</c>.</summary>
    public string Id { get; }

    /// <summary>The id of its root, such as <c>r-ab12</c>.</summary>
    public string RootId { get; }

    /// <summary>The path of an account that lies at the root.</summary>
    public string Path => $"{Id}/{RootId}/";

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            text[i] = Alphabet[bytes[i] % Alphabet.Length];
        }

        return new(text);
    }
}
