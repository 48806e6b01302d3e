using System.Text;
using Berth.Identity;
using Berth.Vocabulary;

namespace Berth.Tests.Identity;

public sealed class AccessKeysTests : IAsyncLifetime
{
    private static readonly AccessKey Given = new("AKIAIOSFODNN7EXAMPLE", "given", IdentityStore.Root);

    private IdentityStore store = null!;

    public async ValueTask InitializeAsync() => store = await IdentityStore.OpenAsync();

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task The_first_start_makes_a_root_key_and_later_starts_find_it()
    {
        var made = await store.StartAsync(store.Keys());
        var found = await store.StartAsync(store.Keys());

        Assert.Equal(made, found);
        Assert.Equal("arn:aws:iam::123456789012:root", found.Principal.Arn);
        Assert.Equal(made, await FindAsync(store.Keys(), made.Id));
    }

    [Fact]
    public async Task Nodes_that_start_at_once_get_the_same_root_key()
    {
        var started = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.StartAsync(store.Keys())));

        Assert.Single(started.Distinct());
    }

    [Fact]
    public async Task A_key_that_nobody_made_is_not_found() =>
        Assert.Null(await FindAsync(store.Keys(), "AKIAIOSFODNN7EXAMPLE"));

    [Fact]
    public async Task A_key_that_is_switched_off_ends_within_ten_seconds()
    {
        var keys = store.Keys();
        var key = await store.StartAsync(keys);
        await FindAsync(keys, key.Id);

        await store.DeactivateAsync(key);
        store.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Null(await FindAsync(keys, key.Id));
    }

    [Fact]
    public async Task A_root_key_given_by_the_host_is_not_written()
    {
        var keys = store.Keys(Given);

        Assert.Same(Given, await store.StartAsync(keys));
        Assert.Same(Given, await FindAsync(keys, Given.Id));
        Assert.Null(await FindAsync(store.Keys(), Given.Id));
    }

    [Fact]
    public async Task A_root_key_given_by_the_host_stands_in_for_the_stored_one()
    {
        var stored = await store.StartAsync(store.Keys());

        Assert.Null(await FindAsync(store.Keys(Given), stored.Id));
        Assert.Equal(stored, await FindAsync(store.Keys(), stored.Id));
    }

    [Fact]
    public async Task A_secret_lies_sealed_in_the_database()
    {
        var key = await store.StartAsync(store.Keys());

        var lies = await store.Database.ReadAsync(rows => rows.FindAsync<byte[]>("SELECT secret FROM access_key"), CancellationToken.None);

        Assert.DoesNotContain(key.Secret, Encoding.Latin1.GetString(lies!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_was_given_another_principal_does_not_open()
    {
        var key = await store.StartAsync(store.Keys());
        await store.Database.WriteAsync(
            rows => rows.ExecuteAsync("UPDATE access_key SET principal = 'arn:aws:iam::123456789012:user/eve'"),
            CancellationToken.None);

        var refused = await Assert.ThrowsAsync<FaultException>(() => FindAsync(store.Keys(), key.Id));

        Assert.IsType<ContentDamaged>(refused.Fault);
    }

    [Fact]
    public async Task A_key_in_a_message_shows_no_secret()
    {
        var key = await store.StartAsync(store.Keys());

        Assert.DoesNotContain(key.Secret, $"{key}", StringComparison.Ordinal);
    }

    private static async Task<AccessKey?> FindAsync(AccessKeys keys, string id) => await keys.FindAsync(id, CancellationToken.None);
}
