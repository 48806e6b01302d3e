using Berth.Storage.Rows;
using Berth.Tests.Engines;
using Berth.Vocabulary;

namespace Berth.Tests.Contracts;

public sealed class SqliteJobTests() : JobsContract(new SqliteTestDatabase());

/// <summary>The contract, and what only a database in a folder with one writer can do wrong.</summary>
public sealed class SqliteDatabaseTests() : DatabaseContract(new SqliteTestDatabase())
{
    [Fact]
    public async Task A_folder_in_use_is_refused_by_name_and_free_again_afterwards()
    {
        using var folder = new TemporaryFolder();
        await using (await OpenAsync(folder))
        {
            var refused = await Assert.ThrowsAsync<DatabaseRefusedException>(() => OpenAsync(folder));
            Assert.Contains(folder.Path, refused.Message, StringComparison.Ordinal);
        }

        await (await OpenAsync(folder)).DisposeAsync();
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "berth.db"), new string('x', 8192), Cancel);

        var refused = await Assert.ThrowsAsync<DatabaseRefusedException>(() => OpenAsync(folder));

        Assert.Contains(folder.Path, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_commit_fails_no_caller_is_told_of_success_and_the_next_write_works()
    {
        await Database.WriteAsync(
            tx => tx.ExecuteAsync(
                """
                CREATE TABLE parent (id TEXT PRIMARY KEY);
                CREATE TABLE child (parent TEXT REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
                """),
            Cancel);
        var gate = await BlockAsync();
        var good = AddAsync(new Item { Repository = "r", Name = "n" });
        var bad = Database.WriteAsync(tx => tx.ExecuteAsync("INSERT INTO child VALUES ('none')"), Cancel);

        gate.SetResult();

        await Assert.ThrowsAnyAsync<Exception>(() => good);
        await Assert.ThrowsAnyAsync<Exception>(() => bad);
        Assert.Equal(0, await FindAsync<long?>("SELECT (SELECT COUNT(*) FROM item) + (SELECT COUNT(*) FROM child)"));
        await AddAsync(new Item { Repository = "r", Name = "n" });
    }

    [Fact]
    public async Task A_full_disk_is_a_fault_that_leaves_nothing_and_passes_when_there_is_room()
    {
        await Database.WriteAsync(tx => tx.ExecuteAsync("PRAGMA max_page_count = 30"), Cancel);
        var large = new Item { Repository = "r", Name = "n", Content = new byte[1 << 20] };

        var fault = await Assert.ThrowsAsync<FaultException>(() => AddAsync(large));

        Assert.IsType<StorageFull>(fault.Fault);
        Assert.Equal(0, await FindAsync<long?>("SELECT COUNT(*) FROM item"));
        await Database.WriteAsync(tx => tx.ExecuteAsync("PRAGMA max_page_count = 1000000"), Cancel);
        await AddAsync(large);
    }

    [Fact]
    public async Task A_caller_that_gives_up_while_it_waits_is_skipped()
    {
        using var given = new CancellationTokenSource();
        var gate = await BlockAsync();
        var write = Database.WriteAsync(
            tx => tx.ExecuteAsync("INSERT INTO item (repository, name) VALUES ('r', 'n')"), given.Token);

        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
        gate.SetResult();
        await AddAsync(new Item { Repository = "r", Name = "other" });
        Assert.Equal("other", await FindAsync<string>("SELECT name FROM item"));
    }

    // Keeps the writer busy until the gate opens, so that what is written meanwhile becomes one batch.
    private async Task<TaskCompletionSource> BlockAsync()
    {
        var gate = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        _ = Database.WriteAsync(
            _ =>
            {
                entered.SetResult();
                return gate.Task;
            },
            Cancel);
        await entered.Task;
        return gate;
    }

    private static Task<Database> OpenAsync(TemporaryFolder folder) =>
        Database.OpenAsync(new SqliteDialect(folder.Path), TimeProvider.System, Cancel);
}
