using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Berth.Registry;
using Berth.Vocabulary;

namespace Berth.Server.Gate.LayerBucket;

/// <summary>A layer as an object of the bucket.</summary>
/// <param name="Account">The account that owns the repository.</param>
/// <param name="Repository">The key of the repository's row.</param>
/// <param name="Stored">The id of the object that holds the bytes.</param>
internal sealed partial record LayerObject(AccountId Account, Guid Repository, Guid Stored)
{
    private const int PrefixLength = 4;

    /// <summary>Its key in the bucket, such as <c>e501-012345678910-(repository)/(object)</c>.</summary>
    public string Key => $"{Prefix}-{Account}-{Repository:D}/{Stored:D}";

    /// <summary>The key of the repository's row as rows have it.</summary>
    public string RepositoryKey => Repository.ToString("N");

    // ECR's keys begin with four hex digits too: a hash in front spreads keys evenly over a real bucket.
    private string Prefix => Convert.ToHexStringLower(SHA256.HashData(Repository.ToByteArray()))[..PrefixLength];

    /// <summary>The object of a layer.</summary>
    public static LayerObject Of(Layer layer) =>
        new(layer.Repository.Id.Account, Guid.ParseExact(layer.Repository.Key, "N"), layer.Blob.Key.Id);

    /// <summary>The object of that key, or null when no layer can have it.</summary>
    public static LayerObject? Find(string key) =>
        Parts().Match(key) is { Success: true } parts
        && AccountId.TryParse(parts.Groups["account"].Value, out var account)
        && Guid.TryParseExact(parts.Groups["repository"].Value, "D", out var repository)
        && Guid.TryParseExact(parts.Groups["stored"].Value, "D", out var stored)
            ? new(account, repository, stored)
            : null;

    [GeneratedRegex(
        @"\A[0-9a-f]{4}-(?<account>[0-9]{12})-(?<repository>[0-9a-f-]{36})/(?<stored>[0-9a-f-]{36})\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parts();
}
