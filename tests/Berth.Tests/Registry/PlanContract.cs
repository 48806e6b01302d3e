using Berth.Registry;
using Berth.Storage.Rows;
using Berth.Tests.Engines;
using Berth.Vocabulary;

namespace Berth.Tests.Registry;

public sealed class SqlitePlanTests() : PlanContract(new SqliteTestDatabase())
{
    // PostgreSQL chooses between indexes by figures of the rows, and here there are too few.
    [Theory]
    [InlineData("DescribeImages TAGGED", "image_tagged")]
    [InlineData("DescribeImages UNTAGGED", "image_untagged")]
    public async Task A_page_of_images_by_their_tags_passes_over_no_others(string listing, string index) =>
        Assert.Contains(await ReadAsync(listing), read => read.Plan.Any(line => line.Contains($"INDEX {index}", StringComparison.Ordinal)));
}

[Trait("needs", "postgresql")]
public sealed class PostgreSqlPlanTests(PostgreSqlServer server) : PlanContract(new PostgreSqlTestDatabase(server));

/// <summary>A page costs the same however long the list is: its rows are found by an index, in the order in which they are answered.</summary>
public abstract class PlanContract(TestDatabase rows) : RegistryContract(rows)
{
    private PlanningDialect? planning;

    public static TheoryData<string> Listings => [.. Pages.Keys];

    private static Dictionary<string, Func<PlanContract, RepositoryId, Digest?, Task>> Pages { get; } = new(StringComparer.Ordinal)
    {
        ["DescribeRepositories"] = (at, id, after) => at.Repositories.ListAsync(Home, after is null ? null : "app", 101, Cancel),
        ["tags/list"] = (at, id, after) => at.Listing.ListTagsAsync(id, after is null ? null : "v1", 1001, Cancel),
        ["ListImages"] = (at, id, after) => at.ListAsync(id, TagStatus.Any, after),
        ["ListImages TAGGED"] = (at, id, after) => at.ListAsync(id, TagStatus.Tagged, after),
        ["ListImages of any status"] = (at, id, after) => at.ListAsync(id, TagStatus.Any, after, status: null),
        ["ListImages UNTAGGED"] = (at, id, after) => at.ListAsync(id, TagStatus.Untagged, after),
        ["DescribeImages"] = (at, id, after) => at.Listing.DescribeAsync(id, TagStatus.Any, ImageStatus.Active, after, 101, Cancel),
        ["DescribeImages TAGGED"] = (at, id, after) => at.Listing.DescribeAsync(id, TagStatus.Tagged, ImageStatus.Active, after, 101, Cancel),
        ["DescribeImages UNTAGGED"] = (at, id, after) => at.Listing.DescribeAsync(id, TagStatus.Untagged, ImageStatus.Active, after, 101, Cancel),
        ["DescribeImages of any status"] = (at, id, after) => at.Listing.DescribeAsync(id, TagStatus.Any, status: null, after, 101, Cancel),
        ["DescribeImages TAGGED of any status"] = (at, id, after) => at.Listing.DescribeAsync(id, TagStatus.Tagged, status: null, after, 101, Cancel),
        ["DescribeImages imageIds"] = (at, id, after) => at.Listing.DescribeAsync(id, [new ImageIdentifier(Digest: null, Tag.Parse("v1"))], Cancel),
        ["BatchGetImage"] = (at, id, after) => at.Images.FindAsync(id, Tag.Parse("v1"), Cancel),
        ["ListImageReferrers"] = (at, id, after) => at.ReferrersAsync(id, new(), after),
        ["ListImageReferrers artifactTypes"] = (at, id, after) => at.ReferrersAsync(id, new() { ArtifactTypes = ["text/plain", "text/html"] }, after),
        ["ListImageReferrers ANY"] = (at, id, after) => at.ReferrersAsync(id, new() { Status = null }, after),
        ["ListPullTimeUpdateExclusions"] = (at, id, after) => new PullTimeExclusions(at.Database, at.AccountQuotas, at.Time).ListAsync(Home, after?.ToString(), 101, Cancel),
        ["a mount without a source"] = (at, id, after) => at.Layers.FindSourcesAsync(id, Digest.Sha256Of("one"u8), Cancel),
    };

    [Theory]
    [MemberData(nameof(Listings))]
    public async Task A_page_is_found_by_an_index_and_never_sorted(string listing)
    {
        var plans = await ReadAsync(listing);

        Assert.NotEmpty(plans);
        Assert.All(plans, read => Assert.True(
            !HasScan(read.Plan) && !read.Plan.Any(IsSort), $"{read.Sql}\n\n{string.Join('\n', read.Plan)}"));
    }

    [Theory]
    [InlineData("SELECT name FROM tag WHERE moved_at = 0", true, false)]
    [InlineData("SELECT name FROM tag WHERE repository_id = '' ORDER BY moved_at", false, true)]
    [InlineData("SELECT name FROM tag WHERE repository_id = '' ORDER BY name", false, false)]
    public async Task A_scan_and_a_sort_are_seen_where_there_are_any(string sql, bool isScan, bool isSort)
    {
        await Database.ReadAsync(rows => rows.QueryAsync<string>(sql), Cancel);

        var plan = planning!.Plans[^1].Plan;
        Assert.Equal((isScan, isSort), (HasScan(plan), plan.Any(IsSort)));
    }

    /// <summary>Reads the first page and a later one, and gives what was read with the plans of it.</summary>
    private protected async Task<IReadOnlyList<(string Sql, IReadOnlyList<string> Plan)>> ReadAsync(string listing)
    {
        var app = await CreateAsync("app");
        var tagged = await PushImageAsync(app, "one", "v1", "v2");
        await PushImageAsync(app, "two");
        planning!.Plans.Clear();
        await Pages[listing](this, app, null);
        await Pages[listing](this, app, tagged);
        return planning.Plans;
    }

    private protected override Dialect Over(TestDatabase database, Dialect dialect) => planning = new(database, dialect);

    private Task<IReadOnlyList<ImageIdentifier>> ListAsync(
        RepositoryId id, TagStatus tags, Digest? after, ImageStatus? status = ImageStatus.Active) =>
        Listing.ListAsync(id, tags, status, after is null ? null : new(after, Tag.Parse("v1")), 101, Cancel);

    private Task<ReferrerPage> ReferrersAsync(RepositoryId id, ReferrerFilter filter, Digest? after) =>
        new Referrers(Database).ListAsync(id, Digest.Sha256Of("subject"u8), filter, after, 20, Cancel);

    // What either database calls it. PostgreSQL may also read an index from end to end, and then has no condition on it.
    private static bool HasScan(IReadOnlyList<string> plan) => plan.Index().Any(line =>
        line.Item.StartsWith("SCAN ", StringComparison.Ordinal)
        || line.Item.Contains("Seq Scan", StringComparison.Ordinal)
        || (line.Item.Contains(" using ", StringComparison.Ordinal)
            && !plan.ElementAtOrDefault(line.Index + 1)!.Contains("Index Cond:", StringComparison.Ordinal)));

    // PostgreSQL's incremental sort orders the tags of one image, which are bounded.
    private static bool IsSort(string line) =>
        line.Contains("TEMP B-TREE", StringComparison.Ordinal) || line.TrimStart(' ', '-', '>').StartsWith("Sort  ", StringComparison.Ordinal);
}
