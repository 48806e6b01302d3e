using Berth.Identity;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Tests.Identity;

public sealed class KeyringMarkTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Keyring => folder["keyring"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_new_deployment_gets_a_keyring_and_opens_again_with_it()
    {
        await OpenAsync();
        await OpenAsync();

        Assert.True(File.Exists(Keyring));
    }

    [Fact]
    public async Task A_keyring_that_is_missing_is_not_made_anew_over_data_that_need_it()
    {
        await OpenAsync();
        File.Delete(Keyring);

        var refused = await Assert.ThrowsAsync<KeyringRefusedException>(OpenAsync);

        Assert.Contains(Keyring, refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Keyring));
    }

    [Fact]
    public async Task The_keyring_of_another_deployment_is_refused()
    {
        await OpenAsync();
        File.Delete(Keyring);
        Berth.Storage.Blobs.Keyring.LoadOrCreate(Keyring, new(), TimeProvider.System);

        var refused = await Assert.ThrowsAsync<KeyringRefusedException>(OpenAsync);

        Assert.Contains(Keyring, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_keyring_that_was_rotated_is_still_the_one()
    {
        await OpenAsync();
        Berth.Storage.Blobs.Keyring.LoadOrCreate(Keyring, new(), TimeProvider.System).Rotate();

        await OpenAsync();
    }

    private async Task OpenAsync()
    {
        await using var database = await Database.OpenAsync(new SqliteDialect(folder["rows"]), TimeProvider.System, CancellationToken.None);
        await KeyringMark.OpenAsync(database, Keyring, new Ids(), TimeProvider.System, CancellationToken.None);
    }
}
