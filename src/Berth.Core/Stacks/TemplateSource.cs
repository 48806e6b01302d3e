using System.Net;
using Berth.Templates;
using Berth.Vocabulary;

namespace Berth.Stacks;

/// <summary>An object that a template is read from.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The object's key, decoded.</param>
public sealed record TemplateLocation(string Bucket, string Key)
{
    private const int LongestUrl = 5120;

    /// <summary>
    /// Reads a template URL: <c>https://BUCKET.s3.REGION.any.name/KEY</c>, <c>https://s3.REGION.any.name/BUCKET/KEY</c>, or by any other
    /// name and port <c>http://host:port/BUCKET/KEY</c>. Fault: <see cref="StackRequestInvalid"/>.
    /// </summary>
    public static TemplateLocation Parse(string url)
    {
        if (url.Length > LongestUrl || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
        {
            throw Unsupported();
        }

        var path = uri.AbsolutePath.TrimStart('/');
        if (BucketOf(uri.Host) is { } bucket)
        {
            return Of(bucket, path);
        }

        return path.Split('/', 2) is [{ Length: > 0 } first, { Length: > 0 } rest]
            ? Of(Uri.UnescapeDataString(first), rest)
            : throw Unsupported();
    }

    // The labels before that of S3, which may have its Region behind a dash; an address has no labels.
    private static string? BucketOf(string host)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out _))
        {
            return null;
        }

        var labels = host.Split('.');
        var at = Array.FindLastIndex(labels, label => label is "s3" || label.StartsWith("s3-", StringComparison.Ordinal));
        return at > 0 ? string.Join('.', labels[..at]) : null;
    }

    private static TemplateLocation Of(string bucket, string key) =>
        key.Length > 0 ? new(bucket, Uri.UnescapeDataString(key)) : throw Unsupported();

    private static Exception Unsupported() => new StackRequestInvalid("TemplateURL must be a supported URL.").AsException();
}

/// <summary>Reads templates that are given by URL.</summary>
/// <param name="read">
/// Reads an object of an account's, as text of at most <see cref="TemplateText.MostBytes"/> bytes; null when there is none.
/// </param>
public sealed class TemplateSource(Func<RegistryId, TemplateLocation, CancellationToken, Task<string?>> read)
{
    /// <summary>A source in which nothing is found.</summary>
    public static TemplateSource Empty { get; } = new((_, _, _) => Task.FromResult<string?>(null));

    /// <summary>The text at a URL. Fault: <see cref="StackRequestInvalid"/>.</summary>
    public async Task<string> ReadAsync(RegistryId home, string url, CancellationToken cancel) =>
        await read(home, TemplateLocation.Parse(url), cancel)
        ?? throw new StackRequestInvalid("S3 error: The specified key does not exist.\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html").AsException();
}
