using Berth.Identity;

namespace Berth.Server.Hosting;

/// <summary>The first account with its root key: the way into a deployment.</summary>
internal sealed class RootAccount
{
    private RootAccount(AccessKeys keys, string? credentialsPath, bool isNew) =>
        (Keys, CredentialsPath, IsNew) = (keys, credentialsPath, isNew);

    /// <summary>All access keys of the deployment.</summary>
    public AccessKeys Keys { get; }

    /// <summary>Where the root key is written; null when the environment gave it.</summary>
    public string? CredentialsPath { get; }

    /// <summary>Whether the key was made just now.</summary>
    public bool IsNew { get; }

    /// <summary>The file with the root key in a data folder.</summary>
    public static string CredentialsIn(string data) => Path.Combine(data, "credentials");

    /// <summary>Takes the key that was given, or makes one at the first start and writes it down.</summary>
    public static async Task<RootAccount> OpenAsync(BerthOptions options, Stores stores, TimeProvider time, CancellationToken cancel)
    {
        var root = Principal.Root(options.AccountId, options.Region.Partition);
        var given = options is { RootAccessKeyId: { } id, RootSecretAccessKey: { } secret } ? new AccessKey(id, secret, root) : null;
        var keys = new AccessKeys(stores.Database, stores.Keyring, stores.IdentityChanges, time) { GivenRoot = given };
        var key = await new RootKeys(stores.Database, keys, stores.Ids, time).EstablishAsync(root, cancel);
        if (given is not null)
        {
            return new(keys, credentialsPath: null, isNew: false);
        }

        // Killed between the two, a start finds the key and writes the file that is missing. A key that was deleted since is of
        // no use in the file.
        var path = CredentialsIn(options.Data);
        var isNew = !File.Exists(path);
        if (isNew || !(await File.ReadAllTextAsync(path, cancel)).Contains(key.Id, StringComparison.Ordinal))
        {
            await CredentialsFile.WriteAsync(path, key, cancel);
        }

        return new(keys, path, isNew);
    }
}
