using Berth.Identity;

namespace Berth.Tests.Identity;

public sealed class CredentialsFileTests
{
    private static readonly AccessKey Key = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG", IdentityStore.Root);

    [Fact]
    public async Task The_file_is_a_profile_that_only_its_owner_reads()
    {
        using var folder = new TemporaryFolder();
        var path = folder["credentials"];
        await File.WriteAllTextAsync(path, "an older one", CancellationToken.None);

        await CredentialsFile.WriteAsync(path, Key, CancellationToken.None);

        Assert.Equal(
            "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG\n",
            await File.ReadAllTextAsync(path, CancellationToken.None));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }
}
