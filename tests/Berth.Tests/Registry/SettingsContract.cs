using System.Globalization;
using Berth.Identity;
using Berth.Registry;
using Berth.Tests.Engines;
using Berth.Tests.Gate;
using Berth.Vocabulary;
using Microsoft.Extensions.Logging.Abstractions;

namespace Berth.Tests.Registry;

public sealed class SqliteSettingsTests() : SettingsContract(new SqliteTestDatabase());

[Trait("needs", "postgresql")]
public sealed class PostgreSqlSettingsTests(PostgreSqlServer server) : SettingsContract(new PostgreSqlTestDatabase(server));

public abstract class SettingsContract(TestDatabase rows) : RegistryContract(rows)
{
    private const string Ann = "arn:aws:iam::123456789012:user/ann";
    private const string Bob = "arn:aws:iam::123456789012:user/bob";

    private static readonly Caller Root = new(Principal.Root(Home.Account, "aws"), "AKIAIOSFODNN7EXAMPLE");
    private static readonly RegistryId Abroad = Home with { Region = RegionName.Parse("eu-central-1") };

    private AccountSettings Settings => field ??= new(Database, RepositoryAccess, Time);

    private PullTimeExclusions Exclusions => field ??= new(Database, new(Database, Time, new() { PullTimeExclusions = 2 }), Time);

    private PullTimes PullTimes => field ??= new(Database, Time);

    [Fact]
    public async Task A_setting_is_kept_replaced_and_each_registrys_own()
    {
        Assert.Equal("ENABLED", await Settings.GetAsync(Home, "BLOB_MOUNTING", Cancel));

        await Settings.PutAsync(Home, "BLOB_MOUNTING", "DISABLED", Cancel);

        Assert.Equal("DISABLED", await Settings.GetAsync(Home, "BLOB_MOUNTING", Cancel));
        Assert.Equal((BlobMounting.Disabled, BlobMounting.WhereReadable), await MountingAsync());
        await Settings.PutAsync(Home, "BLOB_MOUNTING", "ENABLED", Cancel);
        Assert.Equal((BlobMounting.Enabled, BlobMounting.WhereReadable), await MountingAsync());
    }

    [Fact]
    public async Task Another_nodes_setting_is_seen_in_ten_seconds()
    {
        var here = new AccountSettings(Database, RepositoryAccess, Time);
        Assert.Equal(BlobMounting.WhereReadable, await here.FindMountingAsync(Home, Cancel));
        await Settings.PutAsync(Home, "BLOB_MOUNTING", "DISABLED", Cancel);
        Assert.Equal(BlobMounting.WhereReadable, await here.FindMountingAsync(Home, Cancel));

        Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(BlobMounting.Disabled, await here.FindMountingAsync(Home, Cancel));
    }

    [Fact]
    public async Task The_older_scope_is_heeded_as_soon_as_it_is_set()
    {
        var app = await CreateAsync("app");
        await new RepositoryPolicies(Database, RepositoryAccess).SetAsync(
            app, Policies.OfRepository("Allow", "\"*\"", "ecr:PutImage"), Root, force: false, Cancel);
        await new RegistryPolicies(Database, RepositoryAccess).PutAsync(Home, Policies.OfRegistry("Allow", "\"*\"", "ecr:*", "*"), Root, Cancel);
        Assert.Equal((2, 2, 1), await PoliciesAsync());

        await Settings.PutAsync(Home, "REGISTRY_POLICY_SCOPE", "V1", Cancel);

        Assert.Equal((1, 2, 0), await PoliciesAsync());
        await Settings.PutAsync(Home, "REGISTRY_POLICY_SCOPE", "V2", Cancel);
        Assert.Equal((2, 2, 1), await PoliciesAsync());
    }

    [Fact]
    public async Task A_layer_that_an_image_must_refer_to_is_mounted_only_then()
    {
        var (source, target) = (await CreateAsync("source"), await CreateAsync("target"));
        var loose = await PushLayerAsync(source, "loose"u8.ToArray());
        await PushImageAsync(source, "kept");
        var kept = Digest.Sha256Of("kept"u8);
        var mounts = new LayerMounts(Layers, Settings);
        await Settings.PutAsync(Home, "BLOB_MOUNTING", "ENABLED", Cancel);

        Assert.False(await mounts.MountAsync(target, source.Name, loose, Cancel));
        Assert.True(await mounts.MountAsync(target, source.Name, kept, Cancel));

        Assert.Equal("kept"u8.ToArray(), await ReadAsync(target, kept));
    }

    [Fact]
    public async Task Principals_are_excluded_up_to_a_quota_and_in_their_registry()
    {
        Assert.Equal(Time.GetUtcNow(), await Exclusions.RegisterAsync(Home, Bob, Cancel));
        await Exclusions.RegisterAsync(Home, Ann, Cancel);

        Assert.Equal(Bob, (await FaultOf<PullTimeExclusionExists>(() => Exclusions.RegisterAsync(Home, Bob, Cancel))).Principal);
        Assert.Equal(2, (await FaultOf<TooManyPullTimeExclusions>(() => Exclusions.RegisterAsync(Home, Ann + "a", Cancel))).Limit);
        await Exclusions.RegisterAsync(Abroad, Ann, Cancel);
        Assert.Equal([Ann], await Exclusions.ListAsync(Home, after: null, 1, Cancel));
        Assert.Equal([Bob], await Exclusions.ListAsync(Home, Ann, 9, Cancel));
        Assert.True(await Exclusions.ContainAsync(Home, Bob, Cancel));
        await Exclusions.DeregisterAsync(Home, Bob, Cancel);
        Assert.False(await Exclusions.ContainAsync(Home, Bob, Cancel));
        Assert.Equal(Bob, (await FaultOf<PullTimeExclusionNotFound>(() => Exclusions.DeregisterAsync(Home, Bob, Cancel))).Principal);
    }

    [Fact]
    public async Task Pulls_are_written_together_and_the_last_one_stands()
    {
        var app = await CreateAsync("app");
        var (first, second) = (await PushImageAsync(app, "one", "v1"), await PushImageAsync(app, "two", "v2"));
        var begun = Time.GetUtcNow();
        PullTimes.Note(app, first);
        PullTimes.Note(app, second);
        Time.Advance(TimeSpan.FromSeconds(1));
        PullTimes.Note(app, first);
        Assert.Equal((null, null), (await PulledAtAsync(app, first), await PulledAtAsync(app, second)));

        await PullTimes.FlushAsync();

        Assert.Equal((begun.AddSeconds(1), begun), (await PulledAtAsync(app, first), await PulledAtAsync(app, second)));
    }

    [Fact]
    public async Task An_earlier_pull_that_another_node_writes_later_changes_nothing()
    {
        var app = await CreateAsync("app");
        var image = await PushImageAsync(app, "one", "v1");
        var begun = Time.GetUtcNow();
        var there = new PullTimes(Database, Time);
        there.Note(app, image);
        Time.Advance(TimeSpan.FromSeconds(1));
        PullTimes.Note(app, image);
        await PullTimes.FlushAsync();

        await there.FlushAsync();

        Assert.Equal(begun.AddSeconds(1), await PulledAtAsync(app, image));
    }

    [Fact]
    public async Task A_pull_of_what_is_gone_meanwhile_leaves_nothing()
    {
        var app = await CreateAsync("app");
        PullTimes.Note(app, await PushImageAsync(app, "one", "v1"));
        await RepositoryDeletion.DeleteAsync(app, force: true, Cancel);
        PullTimes.Note(Id("never"), Digest.Sha256Of("none"u8));

        await PullTimes.FlushAsync();

        await CreateAsync("app");
        Assert.Null(await PulledAtAsync(app, await PushImageAsync(app, "one", "v1")));
    }

    [Fact]
    public async Task Pulls_that_could_not_be_written_are_written_the_next_time()
    {
        var app = await CreateAsync("app");
        var image = await PushImageAsync(app, "one", "v1");
        var begun = Time.GetUtcNow();
        PullTimes.Note(app, image);
        await Database.WriteAsync(tx => tx.ExecuteAsync("ALTER TABLE image RENAME TO hidden"), Cancel);
        await Assert.ThrowsAnyAsync<Exception>(PullTimes.FlushAsync);
        await Database.WriteAsync(tx => tx.ExecuteAsync("ALTER TABLE hidden RENAME TO image"), Cancel);

        await PullTimes.FlushAsync();

        Assert.Equal(begun, await PulledAtAsync(app, image));
    }

    [Fact]
    public async Task More_images_than_are_remembered_are_forgotten_and_those_remembered_stay()
    {
        var app = await CreateAsync("app");
        var image = await PushImageAsync(app, "one", "v1");
        var late = await PushImageAsync(app, "two", "v2");
        PullTimes.Note(app, image);
        for (var number = 1; number < PullTimes.Most; number++)
        {
            PullTimes.Note(Id(string.Create(CultureInfo.InvariantCulture, $"other-{number}")), image);
        }

        PullTimes.Note(app, late);
        Time.Advance(TimeSpan.FromSeconds(1));
        PullTimes.Note(app, image);
        await PullTimes.FlushAsync();

        Assert.Equal((Time.GetUtcNow(), null), (await PulledAtAsync(app, image), await PulledAtAsync(app, late)));
    }

    [Fact]
    public async Task Pulls_are_written_every_few_seconds_and_at_the_end()
    {
        var app = await CreateAsync("app");
        var image = await PushImageAsync(app, "one", "v1");
        using var stopping = new CancellationTokenSource();
        var running = PullTimes.RunAsync(NullLogger<PullTimes>.Instance, stopping.Token);
        PullTimes.Note(app, image);
        var noted = Time.GetUtcNow();

        Time.Advance(PullTimes.Interval);
        while (await PulledAtAsync(app, image) is null)
        {
            await Task.Yield();
        }

        Assert.Equal(noted, await PulledAtAsync(app, image));
        PullTimes.Note(app, image);
        await stopping.CancelAsync();
        await running;
        Assert.Equal(Time.GetUtcNow(), await PulledAtAsync(app, image));
    }

    private async Task<(BlobMounting Home, BlobMounting Abroad)> MountingAsync() =>
        (await Settings.FindMountingAsync(Home, Cancel), await Settings.FindMountingAsync(Abroad, Cancel));

    // How many policies speak of pushing, of making a repository, and of the registry as such.
    private async Task<(int Push, int Create, int OnRegistry)> PoliciesAsync()
    {
        var rules = await RepositoryAccess.FindAsync(Home, "app", Cancel);
        return (
            rules.PoliciesOn("ecr:PutImage").Count,
            rules.PoliciesOn("ecr:CreateRepository").Count,
            (await RepositoryAccess.FindAsync(Home, name: null, Cancel)).PoliciesOn("ecr:DescribeRegistry").Count);
    }

    private async Task<DateTimeOffset?> PulledAtAsync(RepositoryId repository, Digest digest) =>
        (await Listing.DescribeAsync(repository, [new ImageIdentifier(digest, Tag: null)], Cancel))[0].PulledAt;
}
