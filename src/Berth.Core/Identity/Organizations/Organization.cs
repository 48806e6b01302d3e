using Berth.Storage.Blobs;
using Berth.Vocabulary;

namespace Berth.Identity.Organizations;

/// <summary>The organization that all accounts of a deployment belong to, managed by the deployment's first.</summary>
public sealed class Organization
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuv";

    /// <summary>Its ids follow from the keyring: they are the same on every node and for the life of the deployment.</summary>
    /// <param name="keyring">The deployment's.</param>
    /// <param name="management">The account that manages it, which no service control policy binds.</param>
    /// <param name="partition">See <see cref="RegionName.Partition"/>.</param>
    public Organization(Keyring keyring, AccountId management, string partition)
    {
        var bytes = keyring.Derive("organization");
        Id = "o-" + Text(bytes.AsSpan(0, 10));
        RootId = "r-" + Text(bytes.AsSpan(10, 4));
        (Management, Partition) = (management, partition);
    }

    /// <summary>Such as <c>o-a1b2c3d4e5</c>.</summary>
    public string Id { get; }

    /// <summary>The id of its root, under which all accounts lie, such as <c>r-ab12</c>.</summary>
    public string RootId { get; }

    /// <summary>The account that manages it.</summary>
    public AccountId Management { get; }

    /// <summary>The partition of its ARNs.</summary>
    public string Partition { get; }

    /// <summary>The path of an account that lies at the root.</summary>
    public string Path => $"{Id}/{RootId}/";

    /// <summary>The ARN of something of it, such as <c>root/o-.../r-...</c>.</summary>
    public string ArnOf(string kind, string id) => $"arn:{Partition}:organizations::{Management}:{kind}/{Id}/{id}";

    /// <summary>Its own ARN.</summary>
    public string Arn => $"arn:{Partition}:organizations::{Management}:organization/{Id}";

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
