using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Berth.Identity;
using Berth.Storage.Blobs;
using Berth.Tests.Gate;
using Berth.Vocabulary;

namespace Berth.Tests.Identity;

public sealed class AuthorizationTokensTests : IAsyncLifetime
{
    private IdentityStore store = null!;
    private AccessKeys keys = null!;
    private AccessKey key = null!;

    private DateTimeOffset Now => store.Time.GetUtcNow();

    private Caller Caller => new(key.Principal, key.Id);

    public async ValueTask InitializeAsync()
    {
        store = await IdentityStore.OpenAsync();
        keys = store.Keys();
        key = await store.StartAsync(keys);
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task A_token_opens_at_any_node_to_the_caller_it_was_issued_to()
    {
        var token = Tokens().Issue(Caller, Now);

        Assert.Equal(Now.AddHours(12), token.ExpiresAt);
        Assert.Equal(Caller, await Tokens().OpenAsync(token.Password, Now, CancellationToken.None));
    }

    [Fact]
    public void A_token_looks_like_one_of_ECRs()
    {
        var token = Tokens().Issue(Caller, Now);

        var json = JsonDocument.Parse(Convert.FromBase64String(token.Password)).RootElement;
        Assert.Equal("payload datakey version type expiration", string.Join(' ', json.EnumerateObject().Select(member => member.Name)));
        Assert.Equal("2", json.GetProperty("version").GetString());
        Assert.Equal("DATA_KEY", json.GetProperty("type").GetString());
        Assert.Equal(token.ExpiresAt.ToUnixTimeSeconds(), json.GetProperty("expiration").GetInt64());
    }

    [Fact]
    public async Task A_token_ends_after_twelve_hours_also_where_it_was_opened_before()
    {
        var tokens = Tokens();
        var token = tokens.Issue(Caller, Now);
        Assert.NotNull(await tokens.OpenAsync(token.Password, Now.AddHours(12).AddSeconds(-1), CancellationToken.None));

        var refused = await Assert.ThrowsAsync<FaultException>(async () => await tokens.OpenAsync(token.Password, Now.AddHours(12), CancellationToken.None));

        Assert.Equal(
            new NotAuthenticated(AuthenticationFailure.Expired, "Your authorization token has expired. Reauthenticate and try again."),
            refused.Fault);
    }

    [Fact]
    public async Task A_token_ends_with_its_access_key_also_where_it_was_opened_before()
    {
        var tokens = Tokens();
        var token = tokens.Issue(Caller, Now);
        Assert.NotNull(await tokens.OpenAsync(token.Password, Now, CancellationToken.None));

        await store.DeactivateAsync(key);
        store.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Null(await tokens.OpenAsync(token.Password, Now, CancellationToken.None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base 64")]
    [InlineData("bm90IEpTT04=")]
    [InlineData("e30=")]
    [InlineData("W10=")]
    [InlineData("bnVsbA==")]
    [InlineData("eyJwYXlsb2FkIjpudWxsLCJkYXRha2V5IjpudWxsLCJleHBpcmF0aW9uIjoxfQ==")]
    public async Task Text_that_is_no_token_opens_to_nobody(string password) =>
        Assert.Null(await Tokens().OpenAsync(password, Now, CancellationToken.None));

    [Fact]
    public async Task Text_that_is_far_too_long_opens_to_nobody() =>
        Assert.Null(await Tokens().OpenAsync(new('A', 1_000_000), Now, CancellationToken.None));

    [Theory]
    [InlineData("payload")]
    [InlineData("datakey")]
    public async Task A_token_that_was_altered_opens_to_nobody(string member)
    {
        var json = JsonNode.Parse(Convert.FromBase64String(Tokens().Issue(Caller, Now).Password))!;
        var bytes = Convert.FromBase64String(json[member]!.GetValue<string>());
        bytes[^1] ^= 1;
        json[member] = Convert.ToBase64String(bytes);
        var altered = Convert.ToBase64String(Encoding.UTF8.GetBytes(json.ToJsonString()));

        Assert.Null(await Tokens().OpenAsync(altered, Now, CancellationToken.None));
    }

    [Fact]
    public async Task A_token_of_another_deployment_opens_to_nobody()
    {
        using var folder = new TemporaryFolder();
        var foreign = new AuthorizationTokens(Keyring.LoadOrCreate(folder["keyring"], store.Ids, store.Time), keys, Authorizers.Permissions(store.Database, store.Time), store.Ids);

        Assert.Null(await Tokens().OpenAsync(foreign.Issue(Caller, Now).Password, Now, CancellationToken.None));
    }

    private AuthorizationTokens Tokens() => new(store.Keyring, keys, Authorizers.Permissions(store.Database, store.Time), store.Ids);
}
