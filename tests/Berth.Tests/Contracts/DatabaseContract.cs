using Berth.Storage.Rows;
using Berth.Tests.Engines;

namespace Berth.Tests.Contracts;

/// <summary>What the domain relies on, whichever database holds the rows.</summary>
public abstract class DatabaseContract(TestDatabase engine) : IAsyncLifetime
{
    private Database? database;

    protected Database Database => database!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await Database.OpenAsync(await engine.GetDialectAsync(), TimeProvider.System, Cancel);
        await Database.WriteAsync(
            async transaction =>
            {
                await transaction.ExecuteAsync(
                    """
                    CREATE TABLE item (
                        repository TEXT COLLATE "C" NOT NULL,
                        name       TEXT COLLATE "C" NOT NULL,
                        size       BIGINT,
                        grade      INTEGER,
                        urgent     BOOLEAN,
                        content    BYTEA,
                        PRIMARY KEY (repository, name))
                    """);
            },
            Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await engine.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Every_type_of_column_comes_back_as_it_was_written()
    {
        var whole = new Item { Repository = "a", Name = "é\U0001F6A2", Size = long.MaxValue, Grade = -7, Urgent = true, Content = [0, 255, 7] };
        var empty = new Item { Repository = "b", Name = "" };
        await AddAsync(whole, empty);

        var rows = await Database.ReadAsync(rows => rows.QueryAsync<Item>("SELECT * FROM item ORDER BY repository"), Cancel);

        Assert.Equal([whole with { Content = null }, empty], rows.Select(row => row with { Content = null }));
        Assert.Equal(whole.Content, rows[0].Content);
        Assert.Null(rows[1].Content);
    }

    [Fact]
    public async Task A_single_value_is_found_or_null()
    {
        await AddAsync(new Item { Repository = "r", Name = "n", Size = 5, Grade = 3, Urgent = false, Content = [1] });

        Assert.Equal(5, await FindAsync<long?>("SELECT size FROM item"));
        Assert.Equal(3, await FindAsync<int?>("SELECT grade FROM item"));
        Assert.False(await FindAsync<bool?>("SELECT urgent FROM item"));
        Assert.Equal("n", await FindAsync<string>("SELECT name FROM item"));
        Assert.Equal([1], await FindAsync<byte[]>("SELECT content FROM item"));
        Assert.Equal(1, await FindAsync<long?>("SELECT COUNT(*) FROM item"));
        Assert.Null(await FindAsync<long?>("SELECT size FROM item WHERE name = 'none'"));
        Assert.Null(await FindAsync<string>("SELECT name FROM item WHERE name = 'none'"));
        Assert.Null(await FindAsync<byte[]>("SELECT content FROM item WHERE name = 'none'"));
        Assert.Null(await FindAsync<Item>("SELECT * FROM item WHERE name = 'none'"));
    }

    [Fact]
    public async Task Text_keys_are_in_the_order_of_their_bytes()
    {
        await AddAsync([.. "v2 v10 v1 ab a_b a.b a-b V2 \uFB01 \U0001F6A2".Split(' ').Select(name => new Item { Repository = "r", Name = name })]);

        var names = await Database.ReadAsync(rows => rows.QueryAsync<string>("SELECT name FROM item ORDER BY name"), Cancel);

        Assert.Equal("V2 a-b a.b a_b ab v1 v10 v2 \uFB01 \U0001F6A2", string.Join(' ', names));
    }

    [Fact]
    public async Task Pages_follow_each_other_by_a_key_of_two_columns()
    {
        await AddAsync([.. "a/1 a/2 b/0 b/3".Split(' ').Select(text => new Item { Repository = text[..1], Name = text[2..] })]);

        var page = await Database.ReadAsync(
            rows => rows.QueryAsync<string>(
                "SELECT repository || '/' || name FROM item WHERE (repository, name) > (@r, @n) ORDER BY repository, name LIMIT @limit",
                new { r = "a", n = "1", limit = 2 }),
            Cancel);

        Assert.Equal(["a/2", "b/0"], page);
    }

    [Fact]
    public async Task A_list_of_values_matches_each_of_them_and_an_empty_one_none()
    {
        await AddAsync([.. "a b c d e".Split(' ').Select(name => new Item { Repository = "r", Name = name })]);

        Assert.Equal(["a", "c", "e"], await NamesInAsync("a", "c", "e", "x", "y"));
        Assert.Equal(["d"], await NamesInAsync("d"));
        Assert.Empty(await NamesInAsync());
    }

    [Fact]
    public async Task A_row_that_exists_is_left_or_updated_on_conflict()
    {
        const string Insert = "INSERT INTO item (repository, name, size) VALUES ('r', 'n', @size) ON CONFLICT (repository, name) DO ";
        await AddAsync(new Item { Repository = "r", Name = "n", Size = 1 });

        var left = await Database.WriteAsync(tx => tx.ExecuteAsync(Insert + "NOTHING", new { size = 2 }), Cancel);
        var updated = await Database.WriteAsync(
            tx => tx.FindAsync<long?>(Insert + "UPDATE SET size = item.size + excluded.size RETURNING size", new { size = 3 }), Cancel);

        Assert.Equal(0, left);
        Assert.Equal(4, updated);
        Assert.Equal(4, await FindAsync<long?>("SELECT size FROM item"));
    }

    [Fact]
    public async Task A_row_in_the_way_of_a_unique_key_is_told_from_other_errors()
    {
        var item = new Item { Repository = "r", Name = "n" };
        await AddAsync(item);

        await Assert.ThrowsAsync<UniqueViolationException>(() => AddAsync(item));
        var other = await Assert.ThrowsAnyAsync<Exception>(() => AddAsync(new Item { Repository = "r", Name = null! }));
        Assert.IsNotType<UniqueViolationException>(other);
    }

    [Fact]
    public async Task A_write_that_fails_leaves_nothing_and_its_neighbours_are_kept()
    {
        var writes = Enumerable.Range(0, 40).Select(i => Database.WriteAsync(
            async tx =>
            {
                await InsertAsync(tx, new Item { Repository = "r", Name = $"{i}", Size = i });
                return i % 4 == 0 ? throw new InvalidOperationException($"write {i}") : i;
            },
            Cancel)).ToArray();

        for (var i = 0; i < writes.Length; i++)
        {
            if (i % 4 == 0)
            {
                Assert.Equal($"write {i}", (await Assert.ThrowsAsync<InvalidOperationException>(() => writes[i])).Message);
            }
            else
            {
                Assert.Equal(i, await writes[i]);
            }
        }

        Assert.Equal(30, await FindAsync<long?>("SELECT COUNT(*) FROM item"));
        Assert.Equal(0, await FindAsync<long?>("SELECT COUNT(*) FROM item WHERE size % 4 = 0"));
    }

    [Fact]
    public async Task A_write_that_swallows_the_error_of_a_statement_fails_all_the_same()
    {
        await AddAsync(new Item { Repository = "r", Name = "n" });

        var write = Database.WriteAsync(
            async tx =>
            {
                await InsertAsync(tx, new Item { Repository = "r", Name = "other" });
                await Record.ExceptionAsync(() => InsertAsync(tx, new Item { Repository = "r", Name = "n" }));
            },
            Cancel);

        await Assert.ThrowsAsync<UniqueViolationException>(() => write);
        Assert.Equal(1, await FindAsync<long?>("SELECT COUNT(*) FROM item"));
    }

    [Fact]
    public async Task Of_64_callers_that_add_one_at_once_none_is_lost()
    {
        await AddAsync(new Item { Repository = "r", Name = "n", Size = 0 });

        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => Database.WriteAsync(
            async tx =>
            {
                var size = await tx.FindAsync<long?>("SELECT size FROM item");
                await tx.ExecuteAsync("UPDATE item SET size = @next", new { next = size + 1 });
            },
            Cancel))));

        Assert.Equal(64, await FindAsync<long?>("SELECT size FROM item"));
    }

    [Fact]
    public async Task Two_writes_that_each_check_before_they_add_do_not_both_add()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Database.WriteAsync(
            async tx =>
            {
                if (await tx.FindAsync<long?>("SELECT COUNT(*) FROM item WHERE repository = 'r'") == 0)
                {
                    await InsertAsync(tx, new Item { Repository = "r", Name = $"{i}" });
                }
            },
            Cancel))));

        Assert.Equal(1, await FindAsync<long?>("SELECT COUNT(*) FROM item"));
    }

    [Fact]
    public async Task A_reader_sees_one_snapshot_and_nothing_that_is_not_committed()
    {
        var counts = await Database.ReadAsync(
            async rows =>
            {
                var before = await rows.FindAsync<long?>("SELECT COUNT(*) FROM item");
                var during = await Database.WriteAsync(
                    async tx =>
                    {
                        await InsertAsync(tx, new Item { Repository = "r", Name = "n" });
                        return await FindAsync<long?>("SELECT COUNT(*) FROM item");
                    },
                    Cancel);
                return (before, during, after: await rows.FindAsync<long?>("SELECT COUNT(*) FROM item"));
            },
            Cancel);

        Assert.Equal((0, 0, 0), counts);
        Assert.Equal(1, await FindAsync<long?>("SELECT COUNT(*) FROM item"));
    }

    [Fact]
    public async Task A_reader_cannot_write()
    {
        await Assert.ThrowsAnyAsync<Exception>(
            () => FindAsync<string>("INSERT INTO item (repository, name) VALUES ('r', 'n') RETURNING name"));

        Assert.Equal(0, await FindAsync<long?>("SELECT COUNT(*) FROM item"));
    }

    [Fact]
    public async Task What_is_to_happen_on_commit_happens_after_it_and_never_on_a_rollback()
    {
        var happened = new List<string>();

        await Database.WriteAsync(
            async tx =>
            {
                tx.OnCommitted(() => happened.Add("first"));
                tx.OnCommitted(() => happened.Add("second"));
                await InsertAsync(tx, new Item { Repository = "r", Name = "n" });
                Assert.Empty(happened);
            },
            Cancel);
        await Assert.ThrowsAsync<UniqueViolationException>(() => Database.WriteAsync(
            tx =>
            {
                tx.OnCommitted(() => happened.Add("third"));
                return InsertAsync(tx, new Item { Repository = "r", Name = "n" });
            },
            Cancel));

        Assert.Equal(["first", "second"], happened);
    }

    [Fact]
    public async Task A_transaction_cannot_be_used_after_its_end()
    {
        var kept = await Database.WriteAsync(Task.FromResult, Cancel);

        await Assert.ThrowsAsync<InvalidOperationException>(() => kept.ExecuteAsync("DELETE FROM item"));
    }

    [Fact]
    public async Task A_caller_that_has_given_up_writes_nothing()
    {
        using var given = new CancellationTokenSource();
        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Database.WriteAsync(tx => InsertAsync(tx, new Item { Repository = "r", Name = "n" }), given.Token));

        Assert.Equal(0, await FindAsync<long?>("SELECT COUNT(*) FROM item"));
    }

    [Fact]
    public async Task A_database_that_is_up_to_date_is_opened_as_it_is()
    {
        await AddAsync(new Item { Repository = "r", Name = "n" });
        var applied = await Database.ReadAsync(rows => rows.QueryAsync<string>("SELECT name || applied_at FROM migration"), Cancel);

        await ReopenAsync();

        Assert.NotEmpty(applied);
        Assert.Equal(applied, await Database.ReadAsync(rows => rows.QueryAsync<string>("SELECT name || applied_at FROM migration"), Cancel));
        Assert.Equal(1, await FindAsync<long?>("SELECT COUNT(*) FROM item"));
    }

    [Fact]
    public async Task A_database_newer_than_the_program_is_refused()
    {
        await Database.WriteAsync(tx => tx.ExecuteAsync("INSERT INTO migration (name, applied_at) VALUES ('9999_later', 0)"), Cancel);

        var refused = await Assert.ThrowsAsync<DatabaseRefusedException>(ReopenAsync);

        Assert.Contains("9999_later", refused.Message, StringComparison.Ordinal);
    }

    protected Task<T?> FindAsync<T>(string sql) => Database.ReadAsync(rows => rows.FindAsync<T>(sql), Cancel);

    protected Task AddAsync(params Item[] items) => Database.WriteAsync(
        async tx =>
        {
            foreach (var item in items)
            {
                await InsertAsync(tx, item);
            }
        },
        Cancel);

    private static Task<int> InsertAsync(Transaction transaction, Item item) => transaction.ExecuteAsync(
        """
        INSERT INTO item (repository, name, size, grade, urgent, content)
        VALUES (@Repository, @Name, @Size, @Grade, @Urgent, @Content)
        """,
        item);

    private Task<IReadOnlyList<string>> NamesInAsync(params string[] names)
    {
        var wanted = new ValueList("name", names);
        return Database.ReadAsync(
            rows => rows.QueryAsync<string>(
                $"SELECT name FROM item WHERE repository = @repository AND name IN {wanted} ORDER BY name",
                wanted.With(new { repository = "r" })),
            Cancel);
    }

    private async Task ReopenAsync()
    {
        await Database.DisposeAsync();
        database = await Database.OpenAsync(await engine.GetDialectAsync(), TimeProvider.System, Cancel);
    }

    protected sealed record Item
    {
        public required string Repository { get; init; }

        public required string Name { get; init; }

        public long? Size { get; init; }

        public int? Grade { get; init; }

        public bool? Urgent { get; init; }

        public byte[]? Content { get; init; }
    }
}
