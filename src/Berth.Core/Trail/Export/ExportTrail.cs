using System.Text;
using Berth.Jobs;
using Berth.Storage.Blobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Trail.Export;

/// <summary>Records are to be exported, again and again.</summary>
public sealed record ExportTrail : Job
{
    /// <summary>There is one such job in a deployment.</summary>
    public const string Key = "export-trail";
}

/// <summary>The folders of an export.</summary>
/// <param name="Exported">What the auditor gets.</param>
/// <param name="Kept">In the data folder: the public key and the heads of the chains.</param>
public sealed record ExportFolders(string Exported, string Kept)
{
    /// <summary>The public key's name in the data folder.</summary>
    public const string PublicKey = "public-key.pem";

    /// <summary>The public key's name in the exported folder.</summary>
    public const string ExportedKey = "berth-trail-public-key.pem";

    /// <summary>Those of an export from a data folder.</summary>
    public static ExportFolders Of(string exported, string data) => new(exported, Path.Combine(data, "trail"));
}

/// <summary>What an export stands on.</summary>
/// <param name="Database">The records.</param>
/// <param name="Keyring">Seals the key that signs.</param>
/// <param name="Ids">For the names of files.</param>
public sealed record ExportParts(Database Database, Keyring Keyring, Ids Ids);

/// <summary>
/// Exports the records of every account and Region as gzip JSON in CloudTrail's layout, and after them a signed digest. Done twice,
/// or killed half-way and done again, it writes the same files.
/// </summary>
public sealed class ExportTrailHandler : JobHandler<ExportTrail>
{
    private readonly Database database;
    private readonly ExportedFiles files;
    private readonly TrailDigests digests;
    private readonly TrailKeys keys;
    private readonly (ExportFolders? Folders, TimeSpan Interval, TimeProvider Time) settings;

    /// <summary>Exports to a folder; with none it does nothing.</summary>
    public ExportTrailHandler(ExportParts parts, ExportFolders? folders, TimeSpan interval, TimeProvider time)
    {
        database = parts.Database;
        (files, digests) = (new(database, parts.Ids, time), new(database, time));
        keys = new(database, parts.Keyring, time);
        settings = (folders, interval, time);
    }

    /// <inheritdoc/>
    protected override async Task<DateTimeOffset?> RunAsync(ExportTrail job, CancellationToken cancel)
    {
        if (settings.Folders is not { } folders)
        {
            return null;
        }

        var due = settings.Time.GetUtcNow() + settings.Interval;
        using var key = await keys.OpenAsync(cancel);
        var pem = Encoding.ASCII.GetBytes(key.ExportRSAPublicKeyPem());
        await TrailFolder.WriteAsync(folders.Exported, ExportFolders.ExportedKey, async file => await file.WriteAsync(pem, cancel));
        await TrailFolder.WriteAsync(folders.Kept, ExportFolders.PublicKey, async file => await file.WriteAsync(pem, cancel));
        RegistryId? registry = null;
        while ((registry = await TrailRegistries.FindNextAsync(database, registry, cancel)) is { } next)
        {
            await files.ExportAsync(folders.Exported, next, cancel);
            await digests.ExtendAsync(folders, next, key, cancel);
        }

        return due;
    }
}
