using Berth.Identity.Entities;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Delivery;

/// <summary>
/// The associations of accounts. A service account has at most one in an account and Region. They are read each time: a pod asks once
/// in hours.
/// </summary>
public sealed class PodAssociations(Database database, IdentityChanges changes, Ids ids, TimeProvider time)
{
    /// <summary>
    /// Makes an association. Faults: <see cref="IdentityNotFound"/> for the provider, <see cref="IdentityInputInvalid"/> for one whose
    /// tokens are for others, <see cref="EntityNotFound"/> for the role, <see cref="EntityAlreadyExists"/>.
    /// </summary>
    public Task<PodAssociation> CreateAsync(NewPodAssociation made, CancellationToken cancel)
    {
        var id = ids.NewPodAssociationId();
        return database.WriteAsync(tx => CreateAsync(tx, made, id), cancel);
    }

    /// <summary>A page of the associations of an account and Region in the order of their ids.</summary>
    public async Task<IReadOnlyList<PodAssociation>> ListAsync(RegistryId home, string? after, int limit, CancellationToken cancel)
    {
        var found = await database.ReadAsync(
            rows => rows.QueryAsync<PodAssociationRow>(
                $"""
                SELECT {PodAssociationRow.Columns} FROM pod_association p
                 WHERE p.account = @account AND p.region = @region AND p.id > @after
                 ORDER BY p.id LIMIT @limit
                """,
                new { account = home.Account.ToString(), region = home.Region.ToString(), after = after ?? "", limit }),
            cancel);
        return [.. found.Select(row => row.ToAssociation())];
    }

    /// <summary>The association of a service account, or null.</summary>
    public Task<PodAssociation?> FindAsync(RegistryId home, ServiceAccount asked, CancellationToken cancel) =>
        database.ReadAsync(rows => FindAsync(rows, home, asked), cancel);

    /// <summary>Deletes an association, and ends at once every session that it handed out. Fault: <see cref="EntityNotFound"/>.</summary>
    public Task DeleteAsync(RegistryId home, string cluster, string id, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var gone = await tx.ExecuteAsync(
                "DELETE FROM pod_association WHERE id = @id AND account = @account AND region = @region AND cluster = @cluster",
                new { id, account = home.Account.ToString(), region = home.Region.ToString(), cluster });
            if (gone == 0)
            {
                throw new EntityNotFound("pod identity association", id).AsException();
            }

            changes.Follow(tx);
        },
        cancel);

    private static async Task<PodAssociation?> FindAsync(RowReader rows, RegistryId home, ServiceAccount asked) =>
        (await rows.FindAsync<PodAssociationRow>(
            $"""
            SELECT {PodAssociationRow.Columns} FROM pod_association p
             WHERE p.account = @account AND p.region = @region
               AND p.issuer = @Issuer AND p.namespace = @Namespace AND p.service_account = @Name
            """,
            new { account = home.Account.ToString(), region = home.Region.ToString(), asked.Issuer, asked.Namespace, asked.Name }))
        ?.ToAssociation();

    private async Task<PodAssociation> CreateAsync(Transaction tx, NewPodAssociation made, string id)
    {
        await CheckProviderAsync(tx, made);
        await CheckRoleAsync(tx, made);
        if (await FindAsync(tx, made.Home, made.ServiceAccount) is { } taken)
        {
            throw new EntityAlreadyExists("pod identity association", taken.Id).AsException();
        }

        var row = PodAssociationRow.Of(made, id, time.GetUtcNow());
        await tx.ExecuteAsync(
            """
            INSERT INTO pod_association (id, account, region, cluster, issuer, namespace, service_account, role_arn, created_at)
            VALUES (@Id, @Account, @Region, @Cluster, @Issuer, @Namespace, @ServiceAccount, @RoleArn, @CreatedAt)
            """,
            row);
        return row.ToAssociation();
    }

    // Without the audience no pod could ever prove itself; better now than in every pod's log.
    private static async Task CheckProviderAsync(Transaction tx, NewPodAssociation made)
    {
        var issuer = made.ServiceAccount.Issuer;
        var provider = await OidcProviders.FindAsync(tx, made.Home.Account, issuer)
            ?? throw new IdentityNotFound($"No OpenIDConnect provider found in your account for {issuer}").AsException();
        if (!provider.ClientIds.Contains(PodRoles.Service, StringComparer.Ordinal))
        {
            throw new IdentityInputInvalid($"the OpenIDConnect provider {issuer} does not have the client ID {PodRoles.Service}").AsException();
        }
    }

    private static async Task CheckRoleAsync(Transaction tx, NewPodAssociation made)
    {
        if (await EntityRow.FindByArnAsync(tx, made.RoleArn) is not { Kind: var kind, Account: var owner }
            || kind != EntityKind.Role
            || owner != made.Home.Account)
        {
            throw new EntityNotFound("role", made.RoleArn).AsException();
        }
    }
}
