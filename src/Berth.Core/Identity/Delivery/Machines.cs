using System.Security.Cryptography;
using System.Text;
using Berth.Identity.Entities;
using Berth.Storage.Blobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Delivery;

/// <summary>
/// The machines that are handed roles. Where a request comes from proves nothing: a machine has a secret of its own, or the key of a
/// certificate. Machines that were asked for are kept in memory.
/// </summary>
public sealed class Machines
{
    // What a secret could be of: longer texts are not looked at.
    private const int LongestSecret = 256;

    private readonly Database database;
    private readonly IdentityChanges changes;
    private readonly Ids ids;
    private readonly TimeProvider time;
    private readonly byte[] key;
    private readonly RowCache<(string Column, string Proof), Machine?> kept;

    /// <summary>Forgets what it keeps when something changes.</summary>
    public Machines(Database database, Keyring keyring, IdentityChanges changes, Ids ids, TimeProvider time)
    {
        (this.database, this.changes, this.ids, this.time) = (database, changes, ids, time);
        (key, kept) = (keyring.Derive("machine-secret"), new(most: 10_000, time));
        changes.Committed += (_, _) => kept.ForgetAll();
    }

    /// <summary>
    /// Registers a machine. Faults: <see cref="EntityNotFound"/> for the profile, <see cref="EntityAlreadyExists"/> for an instance id or
    /// a certificate that a machine has.
    /// </summary>
    public async Task<RegisteredMachine> RegisterAsync(NewMachine made, CancellationToken cancel)
    {
        var (id, instanceId, secret) = ($"{ids.NewGuid():N}", made.InstanceId ?? ids.NewInstanceId(), ids.NewMachineSecret());
        return new(await database.WriteAsync(tx => RegisterAsync(tx, made with { InstanceId = instanceId }, id, Authenticate(secret)), cancel), secret);
    }

    /// <summary>Registers a machine as part of a change, without a secret that anybody knows. Faults as <see cref="RegisterAsync(NewMachine, CancellationToken)"/>.</summary>
    public Task<Machine> RegisterAsync(Transaction tx, NewMachine made) =>
        RegisterAsync(tx, made with { InstanceId = made.InstanceId ?? ids.NewInstanceId() }, $"{ids.NewGuid():N}", Authenticate(ids.NewMachineSecret()));

    /// <summary>Gives a machine a new secret, and tells it this once; the one before proves nothing more. Fault: <see cref="EntityNotFound"/>.</summary>
    public async Task<string> RenewSecretAsync(RegistryId home, string instanceId, CancellationToken cancel)
    {
        var secret = ids.NewMachineSecret();
        await database.WriteAsync(tx => RenewSecretAsync(tx, home, instanceId, Authenticate(secret)), cancel);
        return secret;
    }

    /// <summary>A page of the machines of an account and Region in the order of their instance ids.</summary>
    public async Task<IReadOnlyList<Machine>> ListAsync(RegistryId home, string? after, int limit, CancellationToken cancel)
    {
        var found = await database.ReadAsync(
            rows => rows.QueryAsync<MachineRow>(
                $"""
                SELECT {MachineRow.Columns} FROM machine m
                 WHERE m.account = @account AND m.region = @region AND m.instance_id > @after
                 ORDER BY m.instance_id LIMIT @limit
                """,
                new { account = home.Account.ToString(), region = home.Region.ToString(), after = after ?? "", limit }),
            cancel);
        return [.. found.Select(row => row.ToMachine())];
    }

    /// <summary>Ends a registration, and at once every session that was handed to it. Fault: <see cref="EntityNotFound"/>.</summary>
    public Task RevokeAsync(RegistryId home, string instanceId, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            if (!await RevokeAsync(tx, home, instanceId))
            {
                throw new EntityNotFound("machine", instanceId).AsException();
            }
        },
        cancel);

    /// <summary>Ends a registration as part of a change; false when there is none.</summary>
    public async Task<bool> RevokeAsync(Transaction tx, RegistryId home, string instanceId)
    {
        changes.Follow(tx);
        return await tx.ExecuteAsync(
            "DELETE FROM machine WHERE account = @account AND region = @region AND instance_id = @instanceId",
            new { account = home.Account.ToString(), region = home.Region.ToString(), instanceId }) > 0;
    }

    /// <summary>The machine whose secret this is, or null. Secrets are found by a code that nobody without the keyring can work out.</summary>
    public ValueTask<Machine?> FindBySecretAsync(string secret, CancellationToken cancel) => secret.Length > LongestSecret
        ? new(default(Machine))
        : kept.GetAsync(("secret_mac", Convert.ToHexStringLower(Authenticate(secret))), ReadAsync, cancel);

    /// <summary>The machine whose certificate has this SHA-256 in lower-case hex, or null.</summary>
    public ValueTask<Machine?> FindByCertificateAsync(string sha256, CancellationToken cancel) =>
        kept.GetAsync(("certificate", sha256), ReadAsync, cancel);

    private async Task<Machine?> ReadAsync((string Column, string Proof) asked, CancellationToken cancel)
    {
        object proof = asked.Column is "certificate" ? asked.Proof : Convert.FromHexString(asked.Proof);
        var row = await database.ReadAsync(
            rows => rows.FindAsync<MachineRow>($"SELECT {MachineRow.Columns} FROM machine m WHERE m.{asked.Column} = @proof", new { proof }),
            cancel);
        return row?.ToMachine();
    }

    private async Task<Machine> RegisterAsync(Transaction tx, NewMachine made, string id, byte[] mac)
    {
        var profile = await EntityRow.GetAsync(
            tx, new(new(made.Home.Account, made.Home.Region.Partition), EntityKind.InstanceProfile, made.Profile));
        await RefuseTakenAsync(tx, "instance_id", "machine", made.InstanceId!);
        if (made.Certificate is { } certificate)
        {
            await RefuseTakenAsync(tx, "certificate", "machine with the certificate", certificate);
        }

        var row = new MachineRow
        {
            Id = id,
            Account = made.Home.Account.ToString(),
            InstanceId = made.InstanceId!,
            Region = made.Home.Region.ToString(),
            PrivateAddress = made.PrivateAddress,
            VpcId = made.VpcId,
            ProfileId = profile.Id,
            Certificate = made.Certificate,
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        await tx.ExecuteAsync(
            """
            INSERT INTO machine (id, account, instance_id, region, private_address, vpc_id, profile_id, secret_mac, certificate, created_at)
            VALUES (@Id, @Account, @InstanceId, @Region, @PrivateAddress, @VpcId, @ProfileId, @mac, @Certificate, @CreatedAt)
            """,
            new { row.Id, row.Account, row.InstanceId, row.Region, row.PrivateAddress, row.VpcId, row.ProfileId, mac, row.Certificate, row.CreatedAt });
        changes.Follow(tx);
        return row.ToMachine();
    }

    private async Task RenewSecretAsync(Transaction tx, RegistryId home, string instanceId, byte[] mac)
    {
        var changed = await tx.ExecuteAsync(
            "UPDATE machine SET secret_mac = @mac WHERE account = @account AND region = @region AND instance_id = @instanceId",
            new { mac, account = home.Account.ToString(), region = home.Region.ToString(), instanceId });
        if (changed == 0)
        {
            throw new EntityNotFound("machine", instanceId).AsException();
        }

        changes.Follow(tx);
    }

    private static async Task RefuseTakenAsync(Transaction tx, string column, string kind, string value)
    {
        if (await tx.FindAsync<long?>($"SELECT 1 FROM machine WHERE {column} = @value", new { value }) is not null)
        {
            throw new EntityAlreadyExists(kind, value).AsException();
        }
    }

    private byte[] Authenticate(string secret) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(secret));
}
