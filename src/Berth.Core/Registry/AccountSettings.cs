using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>What accounts have set for their registries, in each Region apart.</summary>
public sealed class AccountSettings(Database database, RepositoryAccess access, TimeProvider time)
{
    private readonly RowCache<RegistryId, BlobMounting> mounting = new(most: 10_000, time);

    /// <summary>A setting's value: what was set, else the default. Fault: <see cref="AccountSettingUnknown"/>.</summary>
    public async Task<string> GetAsync(RegistryId registry, string name, CancellationToken cancel)
    {
        var setting = AccountSetting.Get(name);
        return await database.ReadAsync(rows => FindAsync(rows, registry, setting), cancel) ?? setting.Default;
    }

    /// <summary>Sets it, from the next request on. Faults: <see cref="AccountSettingUnknown"/>, <see cref="AccountSettingValueInvalid"/>.</summary>
    public Task PutAsync(RegistryId registry, string name, string value, CancellationToken cancel)
    {
        AccountSetting.Get(name).Check(value);
        return database.WriteAsync(
            async tx =>
            {
                await tx.ExecuteAsync(
                    """
                    INSERT INTO account_setting (account, region, name, value) VALUES (@account, @region, @name, @value)
                        ON CONFLICT (account, region, name) DO UPDATE SET value = @value
                    """,
                    new { account = registry.Account.ToString(), region = registry.Region.ToString(), name, value });
                access.Changed(tx);
                tx.OnCommitted(() => mounting.Forget(registry));
            },
            cancel);
    }

    /// <summary>When layers are mounted in a registry; from memory.</summary>
    public ValueTask<BlobMounting> FindMountingAsync(RegistryId registry, CancellationToken cancel) =>
        mounting.TryGet(registry, out var found) ? new(found) : mounting.GetAsync(registry, ReadMountingAsync, cancel);

    /// <summary>What was set, or null.</summary>
    internal static Task<string?> FindAsync(RowReader rows, RegistryId registry, AccountSetting setting) => rows.FindAsync<string>(
        "SELECT value FROM account_setting WHERE account = @account AND region = @region AND name = @Name",
        new { account = registry.Account.ToString(), region = registry.Region.ToString(), setting.Name });

    /// <summary>Whether a registry's policy speaks of a few actions only.</summary>
    internal static async Task<bool> HasOlderScopeAsync(RowReader rows, RegistryId registry) =>
        await FindAsync(rows, registry, AccountSetting.RegistryPolicyScope) is AccountSetting.OlderScope;

    private Task<BlobMounting> ReadMountingAsync(RegistryId registry, CancellationToken cancel) => database.ReadAsync(
        async rows => await FindAsync(rows, registry, AccountSetting.BlobMounting) switch
        {
            null => BlobMounting.WhereReadable,
            AccountSetting.Disabled => BlobMounting.Disabled,
            _ => BlobMounting.Enabled,
        },
        cancel);
}
