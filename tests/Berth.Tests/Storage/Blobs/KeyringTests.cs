using System.Text;
using System.Text.Json.Nodes;
using Berth.Storage.Blobs;
using Berth.Vocabulary;

namespace Berth.Tests.Storage.Blobs;

public sealed class KeyringTests : IDisposable
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("a data key");
    private static readonly byte[] Context = Encoding.UTF8.GetBytes("scope");

    private readonly TemporaryFolder folder = new();

    private string KeyFile => folder["keys/keyring"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_was_sealed_is_opened_after_a_restart()
    {
        var sealedSecret = Load().Seal("data-key", Secret, Context);

        Assert.True(Load().TryOpen("data-key", sealedSecret, Context, out var opened));
        Assert.Equal(Secret, opened);
    }

    [Fact]
    public void The_key_file_is_for_its_owner_alone()
    {
        Load();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        Assert.Equal([KeyFile], Directory.GetFileSystemEntries(folder["keys"]));
    }

    [Fact]
    public void A_purpose_does_not_open_what_another_sealed()
    {
        var keyring = Load();

        Assert.False(keyring.TryOpen("token", keyring.Seal("data-key", Secret, Context), Context, out _));
    }

    [Fact]
    public void What_was_sealed_for_one_place_is_not_opened_at_another()
    {
        var keyring = Load();

        Assert.False(keyring.TryOpen("data-key", keyring.Seal("data-key", Secret, Context), "elsewhere"u8, out _));
    }

    [Fact]
    public void No_altered_or_shortened_form_is_opened()
    {
        var keyring = Load();
        var sealedSecret = keyring.Seal("data-key", Secret, Context);

        for (var i = 0; i < sealedSecret.Length; i++)
        {
            var altered = sealedSecret.ToArray();
            altered[i] ^= 1;
            Assert.False(keyring.TryOpen("data-key", altered, Context, out _));
            Assert.False(keyring.TryOpen("data-key", sealedSecret.AsSpan(0, i), Context, out _));
        }
    }

    [Fact]
    public void Sealing_the_same_twice_gives_two_different_texts()
    {
        var keyring = Load();

        Assert.NotEqual(keyring.Seal("data-key", Secret, Context), keyring.Seal("data-key", Secret, Context));
    }

    [Fact]
    public void After_a_rotation_old_secrets_open_and_new_ones_are_sealed_under_the_new_key()
    {
        var keyring = Load();
        var old = keyring.Seal("data-key", Secret, Context);
        keyring.Rotate();
        var fresh = keyring.Seal("data-key", Secret, Context);

        Assert.NotEqual(old[1..17], fresh[1..17]);
        Assert.True(Load().TryOpen("data-key", old, Context, out _));
        Assert.True(Load().TryOpen("data-key", fresh, Context, out _));
    }

    [Fact]
    public void A_derived_key_stays_the_same_across_a_rotation()
    {
        var before = Load().Derive("page-token");
        Load().Rotate();

        Assert.Equal(before, Load().Derive("page-token"));
    }

    [Fact]
    public void Purposes_and_keyrings_have_different_derived_keys()
    {
        var other = Keyring.LoadOrCreate(folder["other"], new Ids(), TimeProvider.System);

        Assert.NotEqual(Load().Derive("page-token"), Load().Derive("url"));
        Assert.NotEqual(Load().Derive("page-token"), other.Derive("page-token"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "version": 2, "active": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "keys": [] }""")]
    [InlineData("""{ "version": 1, "active": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "keys": [] }""")]
    [InlineData("""{ "version": 1, "active": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "keys": [{ "id": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "created": "2026-01-01T00:00:00Z", "key": "c2hvcnQ=" }] }""")]
    public void A_file_that_is_no_keyring_is_named_and_left_as_it_is(string text)
    {
        Directory.CreateDirectory(folder["keys"]);
        File.WriteAllText(KeyFile, text);

        var thrown = Assert.Throws<KeyringUnreadableException>(Load);
        Assert.Contains(KeyFile, thrown.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(KeyFile));
    }

    [Fact]
    public void The_file_says_when_each_key_was_made()
    {
        Load();
        var key = JsonNode.Parse(File.ReadAllText(KeyFile))!["keys"]![0]!;

        Assert.True(key["created"]!.GetValue<DateTimeOffset>() > DateTimeOffset.UnixEpoch);
        Assert.Equal(32, Convert.FromBase64String(key["key"]!.GetValue<string>()).Length);
    }

    [Fact]
    public void Processes_that_start_together_end_up_with_one_keyring()
    {
        for (var round = 0; round < 50; round++)
        {
            var derived = new string[16];
            Parallel.For(0, derived.Length, i => derived[i] = Convert.ToHexString(Load().Derive("page-token")));

            Assert.Single(derived.Distinct(StringComparer.Ordinal));
            File.Delete(KeyFile);
        }
    }

    private Keyring Load() => Keyring.LoadOrCreate(KeyFile, new Ids(), TimeProvider.System);
}
