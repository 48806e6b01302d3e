using System.IO.Compression;
using System.Text.Json;
using Berth.Server.Commands;
using Berth.Storage.Blobs;
using Berth.Tests.Engines;
using Berth.Trail.Export;

namespace Berth.Tests.Contracts;

public sealed class SqliteTrailExportTests() : TrailExportContract(new SqliteTestDatabase());

public sealed class PostgreSqlTrailExportTests(PostgreSqlServer server) : TrailExportContract(new PostgreSqlTestDatabase(server));

/// <summary>What exported records promise an auditor, whichever database they come from.</summary>
public abstract class TrailExportContract(TestDatabase engine) : TrailStore(engine), IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Exported => folder["out"];

    private string Data => folder["data"];

    [Fact]
    public async Task Every_record_is_in_one_file_in_CloudTrails_layout()
    {
        await RunAsync(events: 3);
        await RunAsync(events: 2);

        Assert.Equal(5, RecordsIn().Count);
        Assert.Equal(5, RecordsIn().Distinct(StringComparer.Ordinal).Count());
        Assert.All(
            LogFiles(),
            path => Assert.Matches(
                @"^AWSLogs/123456789012/CloudTrail/us-east-1/2026/01/15/123456789012_CloudTrail_us-east-1_20260115T\d{4}Z_[0-9a-f]{16}\.json\.gz$", path));
        Assert.Equal(2, LogFiles().Count);
    }

    [Fact]
    public async Task A_run_that_was_killed_before_its_file_was_written_is_made_good_by_the_next()
    {
        Directory.CreateDirectory(folder["out"]);
        await RecordAsync(Event("PutImage"));
        Time.Advance(TimeSpan.FromMinutes(2));

        // A file where a folder should be stops the run after the record was given to its file.
        var inTheWay = Path.Combine(Exported, "AWSLogs");
        await File.WriteAllTextAsync(inTheWay, "", Cancel);
        await Assert.ThrowsAnyAsync<IOException>(ExportAsync);
        File.Delete(inTheWay);
        await ExportAsync();

        Assert.Single(RecordsIn());
        Assert.Empty(Verify());
    }

    [Fact]
    public async Task A_whole_folder_is_proved_whole()
    {
        await RunAsync(events: 3);
        await RunAsync(events: 0);
        await RunAsync(events: 2);

        var output = new StringWriter();
        Assert.Equal(0, TrailCommand.Verify(Exported, Data, output));
        Assert.Contains("3 digests and 2 files are as they were exported", output.ToString(), StringComparison.Ordinal);
        Assert.Empty(Verify());
    }

    [Fact]
    public async Task A_file_that_was_removed_altered_or_added_is_named()
    {
        await RunAsync(events: 1);
        await RunAsync(events: 1);
        await RunAsync(events: 1);
        var files = LogFiles();
        File.Delete(Path.Combine(Exported, files[0]));
        await WriteAsync(files[1], """{"Records":[]}""");
        var added = files[2].Replace("T1206Z", "T1205Z", StringComparison.Ordinal);
        await WriteAsync(added, """{"Records":[]}""");

        Assert.Equal(
            new TrailFinding[] { new(TrailFlaw.Missing, files[0]), new(TrailFlaw.Altered, files[1]), new(TrailFlaw.Inserted, added) }.ToHashSet(),
            Verify().ToHashSet());
        var output = new StringWriter();
        Assert.Equal(1, TrailCommand.Verify(Exported, data: null, output));
        Assert.Contains($"missing:  {files[0]}", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_digest_that_was_removed_or_altered_is_named()
    {
        for (var i = 0; i < 4; i++)
        {
            await RunAsync(events: 1);
        }

        var digests = Files().Where(path => path.Contains("CloudTrail-Digest", StringComparison.Ordinal) && path.EndsWith(".gz", StringComparison.Ordinal)).ToList();
        foreach (var ending in new[] { "", ".sig" })
        {
            File.Delete(Path.Combine(Exported, digests[1] + ending));
        }

        await WriteAsync(digests[2], "{}");

        var found = Verify();
        Assert.Contains(new(TrailFlaw.Altered, digests[2]), found);

        // The one that names it is altered itself; restored, it tells that the one before is missing.
        Assert.Contains(found, finding => finding.Flaw is TrailFlaw.Inserted);
    }

    [Fact]
    public async Task An_end_that_was_cut_off_is_told_by_the_data_folder()
    {
        await RunAsync(events: 1);
        await RunAsync(events: 1);
        var last = Files().Last(path => path.EndsWith(".sig", StringComparison.Ordinal))[..^".sig".Length];
        var log = LogFiles()[1];
        foreach (var path in new[] { last, last + ".sig", log })
        {
            File.Delete(Path.Combine(Exported, path));
        }

        Assert.Equal([new(TrailFlaw.Missing, last)], Verify());
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        folder.Dispose();
    }

    private async Task RunAsync(int events)
    {
        await RecordAsync([.. Enumerable.Range(0, events).Select(_ => Event("PutImage"))]);
        Time.Advance(TimeSpan.FromMinutes(2));
        await ExportAsync();
    }

    private Task ExportAsync() => new ExportTrailHandler(
        new(Database, Keyring.LoadOrCreate(folder["keyring"], Ids, Time), Ids), ExportFolders.Of(Exported, Data), TimeSpan.FromHours(1), Time).RunAsync("{}", Cancel);

    private IReadOnlyList<TrailFinding> Verify() => TrailProof.Of(
        Exported, File.ReadAllText(Path.Combine(Data, "trail", "public-key.pem")), ExportFolders.Of(Exported, Data).Kept).Findings;

    private List<string> Files() =>
        [.. Directory.EnumerateFiles(Exported, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Exported, path)).Order(StringComparer.Ordinal)];

    private List<string> LogFiles() => [.. Files().Where(path => path.Contains("/CloudTrail/", StringComparison.Ordinal))];

    private List<string> RecordsIn() =>
        [.. LogFiles().SelectMany(path => JsonElement.Parse(Read(path)).GetProperty("Records").EnumerateArray().Select(record => record.GetProperty("eventID").GetString()!).ToList())];

    private string Read(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(Exported, path)), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }

    private async Task WriteAsync(string path, string content)
    {
        await using var compressed = new GZipStream(File.Create(Path.Combine(Exported, path)), CompressionLevel.Fastest);
        await using var writer = new StreamWriter(compressed);
        await writer.WriteAsync(content);
    }
}
