using System.Diagnostics.CodeAnalysis;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>
/// Finds and keeps what networks are made of, whatever kind it is. Methods that take a reader or a transaction belong to whatever their
/// caller does in it; transactions take effect one after another, so that what one has read is so until it commits.
/// </summary>
[SuppressMessage("Performance", "CA1822", Justification = "What keeps objects is one thing to its callers, whichever of its methods need a clock.")]
public sealed class NetworkObjects(Database database, Ids ids, TimeProvider time)
{
    private const string IsShown = "(n.gone_at IS NULL OR n.gone_at > @now)";

    /// <summary>Something changed, and is committed.</summary>
    public event EventHandler? Committed;

    /// <summary>What makes ids.</summary>
    public Ids Ids => ids;

    /// <summary>Now.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <inheritdoc cref="Database.ReadAsync{T}"/>
    public Task<T> ReadAsync<T>(Func<RowReader, Task<T>> read, CancellationToken cancel) => database.ReadAsync(read, cancel);

    /// <inheritdoc cref="Database.WriteAsync{T}"/>
    public Task<T> WriteAsync<T>(Func<Transaction, Task<T>> write, CancellationToken cancel) => database.WriteAsync(write, cancel);

    /// <inheritdoc cref="Database.WriteAsync(Func{Transaction, Task}, CancellationToken)"/>
    public Task WriteAsync(Func<Transaction, Task> write, CancellationToken cancel) => database.WriteAsync(write, cancel);

    /// <summary>The object of that id in an account and Region. Faults: <see cref="NetworkIdMalformed"/>, <see cref="NetworkObjectNotFound"/>.</summary>
    public async Task<T> GetAsync<T>(RowReader rows, RegistryId home, string id)
        where T : NetworkObject, INetworkKind
    {
        if (!T.Type.IsId(id))
        {
            throw new NetworkIdMalformed(T.Type, id).AsException();
        }

        return await FindAsync<T>(rows, home, id) ?? throw new NetworkObjectNotFound(T.Type, id).AsException();
    }

    /// <summary>The object of that id in an account and Region, or null.</summary>
    public async Task<T?> FindAsync<T>(RowReader rows, RegistryId home, string id)
        where T : NetworkObject, INetworkKind =>
        await QueryAsync<T>(rows, home, "n.id = @id", "", new { id }) is [var found] ? found : null;

    /// <summary>The objects of these ids, in the order given; each must be there. Faults as <see cref="GetAsync"/>.</summary>
    public async Task<IReadOnlyList<T>> GetAllAsync<T>(RowReader rows, RegistryId home, IReadOnlyList<string> wanted)
        where T : NetworkObject, INetworkKind
    {
        if (wanted.FirstOrDefault(id => !T.Type.IsId(id)) is { } wrong)
        {
            throw new NetworkIdMalformed(T.Type, wrong).AsException();
        }

        var list = new ValueList("id", [.. wanted.Distinct(StringComparer.Ordinal)]);
        var found = (await QueryAsync<T>(rows, home, $"n.id IN {list}", "", list.With(new { }))).ToDictionary(one => one.Id, StringComparer.Ordinal);
        return [.. wanted.Select(id => found.GetValueOrDefault(id) ?? throw new NetworkObjectNotFound(T.Type, id).AsException())];
    }

    /// <summary>A page of the objects of a kind in the order of their ids, those included that are over and still shown.</summary>
    public Task<IReadOnlyList<T>> ListAsync<T>(RowReader rows, RegistryId home, string? after, int limit)
        where T : NetworkObject, INetworkKind =>
        QueryAsync<T>(rows, home, "n.id > @after", "ORDER BY n.id LIMIT @limit", new { after = after ?? "", limit });

    /// <summary>The objects of a kind in a VPC.</summary>
    public Task<IReadOnlyList<T>> OfVpcAsync<T>(RowReader rows, RegistryId home, string vpcId)
        where T : NetworkObject, INetworkKind =>
        QueryAsync<T>(rows, home, "n.vpc_id = @vpcId", "ORDER BY n.id", new { vpcId });

    /// <summary>The parts of a kind that objects have.</summary>
    public Task<IReadOnlyList<T>> PartsAsync<T>(RowReader rows, RegistryId home, params IReadOnlyCollection<string> parents)
        where T : NetworkObject, INetworkKind
    {
        var list = new ValueList("parent", parents);
        return QueryAsync<T>(rows, home, $"n.parent_id IN {list}", "ORDER BY n.id", list.With(new { }));
    }

    /// <summary>The objects of a kind that refer to others.</summary>
    public Task<IReadOnlyList<T>> ReferringAllAsync<T>(RowReader rows, RegistryId home, IReadOnlyCollection<string> targets)
        where T : NetworkObject, INetworkKind
    {
        var list = new ValueList("target", targets);
        return QueryAsync<T>(
            rows, home, $"n.id IN (SELECT referrer_id FROM network_reference WHERE target_id IN {list})", "ORDER BY n.id", list.With(new { }));
    }

    /// <summary>The objects of a kind that refer to another.</summary>
    public Task<IReadOnlyList<T>> ReferringAsync<T>(RowReader rows, RegistryId home, string target)
        where T : NetworkObject, INetworkKind => ReferringAllAsync<T>(rows, home, [target]);

    /// <summary>What a request with this client token made, none for a new one. The fault is that it came with other arguments.</summary>
    public async Task<IReadOnlyList<T>> MadeByAsync<T>(RowReader rows, RegistryId home, string? token, string? print)
        where T : NetworkObject, INetworkKind
    {
        if (token is null)
        {
            return [];
        }

        var made = await QueryAsync<T>(rows, home, "n.client_token = @token", "ORDER BY n.id", new { token });
        return made.All(one => string.Equals(one.RequestPrint, print, StringComparison.Ordinal))
            ? made
            : throw NetworkRefused.TokenReused().AsException();
    }

    /// <summary>Which of these ids are of something that is there, and not over.</summary>
    public async Task<IReadOnlySet<string>> PresentAsync(RowReader rows, RegistryId home, IReadOnlyCollection<string> wanted)
    {
        var list = new ValueList("id", wanted);
        var found = await rows.QueryAsync<string>(
            $"SELECT id FROM network_object WHERE id IN {list} AND account = @account AND region = @region AND gone_at IS NULL",
            list.With(new { account = home.Account.ToString(), region = home.Region.ToString() }));
        return found.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Keeps a new object with its tags; its id and time are made where it has none.</summary>
    public async Task<T> InsertAsync<T>(Transaction tx, T made)
        where T : NetworkObject
    {
        Follow(tx);
        made = (T)(made with { Id = made.Id is "" ? ids.NewNetworkId(made.Kind) : made.Id, CreatedAt = Now });
        await ForgetGoneAsync(tx, made.Home);
        await tx.ExecuteAsync(
            """
            INSERT INTO network_object (id, account, region, kind, vpc_id, parent_id, client_token, created_at, gone_at, body)
            VALUES (@Id, @Account, @Region, @Kind, @VpcId, @ParentId, @ClientToken, @CreatedAt, @GoneAt, @Body)
            """,
            NetworkRow.Of(made));
        await ReferAsync(tx, made);
        await NetworkTags.PutAsync(tx, made, made.Tags);
        return made;
    }

    /// <summary>Keeps a change of an object, but for its tags.</summary>
    public async Task UpdateAsync(Transaction tx, NetworkObject changed)
    {
        Follow(tx);
        await tx.ExecuteAsync(
            "UPDATE network_object SET vpc_id = @VpcId, parent_id = @ParentId, client_token = @ClientToken, gone_at = @GoneAt, body = @Body WHERE id = @Id",
            NetworkRow.Of(changed));
        await tx.ExecuteAsync("DELETE FROM network_reference WHERE referrer_id = @Id", new { changed.Id });
        await ReferAsync(tx, changed);
    }

    /// <summary>
    /// Deletes an object with its parts, and the associations that it has. The fault is <see cref="NetworkObjectInUse"/> while others
    /// refer to it or to its parts.
    /// </summary>
    public async Task DeleteAsync(Transaction tx, NetworkObject gone)
    {
        Follow(tx);
        await DeletePartsAsync(tx, gone.Id);
        var isUsed = await tx.FindAsync<long?>(
            "SELECT 1 FROM network_reference WHERE target_id = @Id UNION ALL SELECT 1 FROM network_object WHERE vpc_id = @Id", new { gone.Id });
        if (isUsed is not null)
        {
            throw new NetworkObjectInUse(gone.Kind, gone.Id).AsException();
        }

        await tx.ExecuteAsync("DELETE FROM network_object WHERE id = @Id", new { gone.Id });
    }

    /// <summary>Deletes the parts of an object and the associations that it has. Fault: <see cref="NetworkObjectInUse"/>, of a part.</summary>
    public async Task DeletePartsAsync(Transaction tx, string id)
    {
        Follow(tx);
        var parts = await tx.QueryAsync<NetworkRow>(
            $"""
            SELECT {NetworkRow.Columns} FROM network_object n WHERE n.parent_id = @id
            UNION
            SELECT {NetworkRow.Columns} FROM network_object n
             WHERE n.id IN (SELECT referrer_id FROM network_reference WHERE target_id = @id)
               AND n.kind IN ('route-table-association', 'elastic-ip-association')
            """,
            new { id });
        foreach (var part in parts)
        {
            await DeletePartsAsync(tx, part.Id);
            if (await tx.FindAsync<long?>("SELECT 1 FROM network_reference WHERE target_id = @Id", new { part.Id }) is not null)
            {
                throw new NetworkObjectInUse(NetworkKind.OfId(part.Id)!, part.Id).AsException();
            }

            await tx.ExecuteAsync("DELETE FROM network_object WHERE id = @Id", new { part.Id });
        }
    }

    // Changes are rare, and those who keep something are few: nobody asks which.
    private void Follow(Transaction tx) => tx.OnCommitted(() => Committed?.Invoke(this, EventArgs.Empty));

    private static async Task ReferAsync(Transaction tx, NetworkObject from)
    {
        foreach (var target in from.GoneAt is null ? from.References.OfType<string>().Distinct(StringComparer.Ordinal) : [])
        {
            await tx.ExecuteAsync(
                "INSERT INTO network_reference (referrer_id, target_id) VALUES (@Id, @target)", new { from.Id, target });
        }
    }

    // What is over has no parts and nothing that refers to it.
    private Task ForgetGoneAsync(Transaction tx, RegistryId home) => tx.ExecuteAsync(
        "DELETE FROM network_object WHERE account = @account AND region = @region AND gone_at <= @now",
        new { account = home.Account.ToString(), region = home.Region.ToString(), now = Now.ToUnixTimeMilliseconds() });

    private async Task<IReadOnlyList<T>> QueryAsync<T>(RowReader rows, RegistryId home, string condition, string order, object parameters)
        where T : NetworkObject, INetworkKind
    {
        var all = Parameters.Of(
            parameters,
            new { account = home.Account.ToString(), region = home.Region.ToString(), kind = T.Type.Name, now = Now.ToUnixTimeMilliseconds() });
        var found = await rows.QueryAsync<NetworkRow>(
            $"""
            SELECT {NetworkRow.Columns} FROM network_object n
             WHERE n.account = @account AND n.region = @region AND n.kind = @kind AND {IsShown} AND {condition} {order}
            """,
            all);
        var tags = await NetworkTags.OfAsync(rows, [.. found.Select(row => row.Id)]);
        return [.. found.Select(row => row.ToObject<T>(tags))];
    }
}
