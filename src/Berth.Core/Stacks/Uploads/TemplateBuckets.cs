using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Stacks.Uploads;

/// <summary>The buckets of the upload area. Names are shared by all accounts, as in S3, since URLs of templates name nothing else.</summary>
public sealed class TemplateBuckets(Database database, TimeProvider time)
{
    /// <summary>How many an account may have.</summary>
    public const int MostBuckets = 100;

    /// <summary>Makes one. Faults: <see cref="BucketNameInvalid"/>, <see cref="BucketAlreadyExists"/>, <see cref="TooManyUploads"/>.</summary>
    public async Task CreateAsync(RegistryId home, string name, CancellationToken cancel)
    {
        if (!TemplateBucket.CanBeNamed(name))
        {
            throw new BucketNameInvalid(name).AsException();
        }

        await database.WriteAsync(
            async tx =>
            {
                var row = new Row
                {
                    Name = name,
                    Account = home.Account.ToString(),
                    Region = home.Region.ToString(),
                    CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
                };
                var made = await tx.ExecuteAsync(
                    "INSERT INTO template_bucket (name, account, region, created_at) VALUES (@Name, @Account, @Region, @CreatedAt) ON CONFLICT (name) DO NOTHING",
                    row);
                if (made == 0)
                {
                    var owner = await FindAsync(tx, name);
                    throw new BucketAlreadyExists(name, owner?.Home.Account == home.Account).AsException();
                }

                if (await tx.FindAsync<long>("SELECT count(*) FROM template_bucket WHERE account = @Account", row) > MostBuckets)
                {
                    throw new TooManyUploads("buckets", MostBuckets).AsException();
                }
            },
            cancel);
    }

    /// <summary>The bucket of that name, whoever owns it. Fault: <see cref="BucketNotFound"/>.</summary>
    public async Task<TemplateBucket> GetAsync(string name, CancellationToken cancel) =>
        await database.ReadAsync(rows => FindAsync(rows, name), cancel) ?? throw new BucketNotFound(name).AsException();

    /// <summary>All buckets of an account, by name.</summary>
    public Task<IReadOnlyList<TemplateBucket>> ListAsync(AccountId account, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<TemplateBucket>>(
        async rows =>
        {
            var found = await rows.QueryAsync<Row>(
                "SELECT name, account, region, created_at FROM template_bucket WHERE account = @account ORDER BY name LIMIT @most",
                new { account = account.ToString(), most = MostBuckets });
            return [.. found.Select(row => row.ToBucket())];
        },
        cancel);

    /// <summary>Removes an empty one. Faults: <see cref="BucketNotFound"/>, <see cref="BucketNotEmpty"/>.</summary>
    public Task DeleteAsync(string name, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            if (await tx.FindAsync<string>("SELECT key FROM template_object WHERE bucket = @name LIMIT 1", new { name }) is not null)
            {
                throw new BucketNotEmpty(name).AsException();
            }

            if (await tx.ExecuteAsync("DELETE FROM template_bucket WHERE name = @name", new { name }) == 0)
            {
                throw new BucketNotFound(name).AsException();
            }
        },
        cancel);

    private static async Task<TemplateBucket?> FindAsync(RowReader rows, string name) =>
        (await rows.FindAsync<Row>("SELECT name, account, region, created_at FROM template_bucket WHERE name = @name", new { name }))?.ToBucket();

    private sealed record Row
    {
        public string Name { get; init; } = "";

        public string Account { get; init; } = "";

        public string Region { get; init; } = "";

        public long CreatedAt { get; init; }

        public TemplateBucket ToBucket() =>
            new(Name, new(AccountId.Parse(Account), RegionName.Parse(Region)), DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt));
    }
}
