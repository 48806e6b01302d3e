using System.Globalization;
using Berth.Stacks.Uploads;
using Berth.Vocabulary;

namespace Berth.Server.Aws.TemplateBuckets;

/// <summary>What part of a bucket is asked for (ListObjectsV2).</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Prefix">What keys begin with.</param>
/// <param name="After">The key after which it begins; empty for the first.</param>
/// <param name="Limit">The most keys.</param>
/// <param name="IsEncoded">Whether keys are answered percent-encoded.</param>
internal sealed record UploadListing(string Bucket, string Prefix, string After, int Limit, bool IsEncoded)
{
    private const int MostKeys = 1000;

    /// <summary>What ends a folder's name in keys; empty for a listing without folders.</summary>
    public string Delimiter { get; init; } = "";

    /// <summary>Reads it from a request's query. Fault: <see cref="ParameterInvalid"/>.</summary>
    public static UploadListing Of(HttpRequest http, string bucket)
    {
        var query = http.Query;
        var most = query["max-keys"].ToString();
        var limit = MostKeys;
        if (most.Length > 0 && !(int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit >= 1))
        {
            throw new ParameterInvalid("max-keys", "must be a number from 1").AsException();
        }

        // The token is the last key: whoever may list the bucket may begin anywhere in it.
        var after = query["continuation-token"] is [{ Length: > 0 } token, ..] ? token : query["start-after"].ToString();
        return new(bucket, query["prefix"].ToString(), after, Math.Min(limit, MostKeys), query["encoding-type"].ToString() is "url")
        {
            Delimiter = query["delimiter"].ToString(),
        };
    }

    /// <summary>A key as the answer has it.</summary>
    public string Shown(string key) => IsEncoded ? Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal) : key;

    /// <summary>The page of what a bucket holds under the prefix and after the place: keys, and folders for those in them.</summary>
    public UploadPage Take(IReadOnlyList<TemplateObject> found)
    {
        var (items, folders, last) = (new List<TemplateObject>(), new List<string>(), "");
        foreach (var item in found)
        {
            var folder = FolderOf(item.Key);
            var isNew = folder is null || !folders.Contains(folder, StringComparer.Ordinal);
            if (isNew && items.Count + folders.Count == Limit)
            {
                return new(items, folders, last);
            }

            last = item.Key;
            if (folder is null)
            {
                items.Add(item);
            }
            else if (isNew)
            {
                folders.Add(folder);
            }
        }

        return new(items, folders, Next: null);
    }

    private string? FolderOf(string key) =>
        Delimiter.Length > 0 && key.IndexOf(Delimiter, Prefix.Length, StringComparison.Ordinal) is >= 0 and var end ? key[..(end + Delimiter.Length)] : null;
}

/// <summary>A page of a listing.</summary>
/// <param name="Items">What lies in the bucket itself.</param>
/// <param name="Folders">What keys begin with that are not told one by one.</param>
/// <param name="Next">Where the next page begins; null for the last.</param>
internal sealed record UploadPage(IReadOnlyList<TemplateObject> Items, IReadOnlyList<string> Folders, string? Next);
