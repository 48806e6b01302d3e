using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Berth.Trail.Export;

/// <summary>What is wrong with a file of an export.</summary>
public enum TrailFlaw
{
    /// <summary>It should be there.</summary>
    Missing,

    /// <summary>It is not what was exported.</summary>
    Altered,

    /// <summary>It was never exported.</summary>
    Inserted,
}

/// <summary>A file that is not as it was exported.</summary>
/// <param name="Flaw">What is wrong.</param>
/// <param name="Path">Its path below the folder.</param>
public sealed record TrailFinding(TrailFlaw Flaw, string Path);

/// <summary>
/// Proves that an exported folder is whole, without the server: that every digest is signed and names the one before, that every file
/// is what its digest says, and that there are no others. That the end is there only the server's own word shows, the heads in its
/// data folder.
/// </summary>
public sealed class TrailProof
{
    private readonly List<TrailFinding> findings = [];
    private readonly List<string> waiting = [];
    private readonly Dictionary<string, Digested> digests = new(StringComparer.Ordinal);
    private readonly string folder;
    private readonly RSA key;

    private TrailProof(string folder, RSA key) => (this.folder, this.key) = (folder, key);

    /// <summary>What is wrong, in the order of paths.</summary>
    public IReadOnlyList<TrailFinding> Findings => [.. findings.Distinct().OrderBy(finding => finding.Path, StringComparer.Ordinal)];

    /// <summary>Files that the next digest is to name: the last run was cut short.</summary>
    public IReadOnlyList<string> Waiting => waiting;

    /// <summary>How many digests there are.</summary>
    public int Digests => digests.Count;

    /// <summary>How many files of records were compared.</summary>
    public int Files { get; private set; }

    /// <summary>Checks a folder.</summary>
    /// <param name="folder">The exported folder.</param>
    /// <param name="publicKey">The key that signed, as PEM.</param>
    /// <param name="kept">The server's folder of heads; null when there is only the export.</param>
    public static TrailProof Of(string folder, string publicKey, string? kept)
    {
        using var signer = RSA.Create();
        signer.ImportFromPem(publicKey);
        var proof = new TrailProof(folder, signer);
        string[] paths = [.. TrailFolder.List(folder)];
        foreach (var path in paths.Where(ExportNames.IsDigest))
        {
            proof.ReadDigest(path);
        }

        proof.CheckChains();
        proof.CheckFiles();
        proof.CheckOthers(paths);
        proof.CheckHeads(kept);
        return proof;
    }

    private void ReadDigest(string path)
    {
        var signature = Path.Combine(folder, path + ExportNames.Signature);
        if (!File.Exists(signature))
        {
            Add(TrailFlaw.Missing, path + ExportNames.Signature);
            return;
        }

        var (content, text) = (ReadContent(path), File.ReadAllText(signature).Trim());
        if (content is not null
            && TrailDigest.Read(content) is { } digest
            && string.Equals(digest.Path, path, StringComparison.Ordinal)
            && digest.IsSigned(content, text, key))
        {
            digests[path] = new(digest, Convert.ToHexStringLower(SHA256.HashData(content)), text);
        }
        else
        {
            Add(TrailFlaw.Altered, path);
        }
    }

    private void CheckChains()
    {
        foreach (var (digest, _, _) in digests.Values.Where(read => read.Digest.PreviousPath is not null))
        {
            var path = digest.PreviousPath!;
            if (digests.TryGetValue(path, out var previous))
            {
                AddUnless(
                    string.Equals(previous.Hash, digest.PreviousDigestHashValue, StringComparison.Ordinal)
                        && string.Equals(previous.Signature, digest.PreviousDigestSignature, StringComparison.Ordinal),
                    TrailFlaw.Altered,
                    path);
            }
            else
            {
                AddUnless(File.Exists(Path.Combine(folder, path)), TrailFlaw.Missing, path);
            }
        }
    }

    private void CheckFiles()
    {
        foreach (var file in digests.Values.SelectMany(read => read.Digest.LogFiles))
        {
            Files++;
            if (!File.Exists(Path.Combine(folder, file.Path)))
            {
                Add(TrailFlaw.Missing, file.Path);
            }
            else
            {
                AddUnless(string.Equals(HashOf(file.Path), file.HashValue, StringComparison.Ordinal), TrailFlaw.Altered, file.Path);
            }
        }
    }

    private void CheckOthers(string[] paths)
    {
        var named = digests.Values.SelectMany(read => read.Digest.LogFiles).Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var path in paths.Where(path => !ExportNames.IsDigest(path) && !named.Contains(path)))
        {
            if (path.EndsWith(ExportNames.Signature, StringComparison.Ordinal))
            {
                var signed = path[..^ExportNames.Signature.Length];
                AddUnless(File.Exists(Path.Combine(folder, signed)), TrailFlaw.Missing, signed);
            }
            else if (ExportNames.IsLog(path) && IsLaterThanDigests(path))
            {
                waiting.Add(path);
            }
            else
            {
                Add(TrailFlaw.Inserted, path);
            }
        }
    }

    private void CheckHeads(string? kept)
    {
        if (kept is null || !Directory.Exists(kept))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(kept, $"*{TrailHead.Ending}").Order(StringComparer.Ordinal))
        {
            var head = JsonSerializer.Deserialize<TrailHead>(File.ReadAllBytes(file))!;
            if (!digests.TryGetValue(head.Path, out var last))
            {
                AddUnless(File.Exists(Path.Combine(folder, head.Path)), TrailFlaw.Missing, head.Path);
            }
            else
            {
                AddUnless(string.Equals(last.Hash, head.Hash, StringComparison.Ordinal), TrailFlaw.Altered, head.Path);
            }
        }
    }

    // A name says the minute in which its file was begun; whatever was begun before the last digest stands in one.
    private bool IsLaterThanDigests(string path)
    {
        var parts = Path.GetFileName(path).Split('_');
        var chain = digests.Values
            .Where(read => read.Digest.Path.StartsWith($"{ExportNames.Root}/{parts[0]}/", StringComparison.Ordinal)
                && Path.GetFileName(read.Digest.Path).Split('_') is [_, _, var region, ..] && string.Equals(region, parts.ElementAtOrDefault(2), StringComparison.Ordinal))
            .Select(read => read.Digest.DigestEndTime)
            .Max(StringComparer.Ordinal);
        return DateTimeOffset.TryParseExact(
                parts.ElementAtOrDefault(3), "yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var begun)
            && (chain is null || string.CompareOrdinal(RecordJson.Moment(begun.AddMinutes(1)), chain) > 0);
    }

    private byte[]? ReadContent(string path)
    {
        try
        {
            using var content = new MemoryStream();
            using var compressed = TrailFolder.OpenCompressed(folder, path);
            compressed.CopyTo(content);
            return content.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private string? HashOf(string path)
    {
        try
        {
            using var compressed = TrailFolder.OpenCompressed(folder, path);
            return Convert.ToHexStringLower(SHA256.HashData(compressed));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private void Add(TrailFlaw flaw, string path) => findings.Add(new(flaw, path));

    private void AddUnless(bool isGood, TrailFlaw flaw, string path)
    {
        if (!isGood)
        {
            Add(flaw, path);
        }
    }

    private sealed record Digested(TrailDigest Digest, string Hash, string Signature);
}
