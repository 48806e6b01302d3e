using System.Diagnostics.CodeAnalysis;
using Berth.Identity;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>The doors into the registry, kept in memory for the decision over every request.</summary>
public sealed class Doors
{
    private readonly Database database;
    private readonly CompiledPolicies compiled;
    private readonly AccountId management;
    private readonly RowCache<int, DoorTable> kept;

    /// <summary>Forgets what it keeps when something of a network changes.</summary>
    public Doors(Database database, CompiledPolicies compiled, NetworkObjects objects, AccountId management, TimeProvider time)
    {
        (this.database, this.compiled, this.management) = (database, compiled, management);
        kept = new(most: 1, time);
        objects.Committed += (_, _) => kept.ForgetAll();
    }

    /// <summary>The doors, when they are at hand.</summary>
    public bool TryGet([NotNullWhen(true)] out DoorTable? table) => kept.TryGet(0, out table);

    /// <summary>The doors.</summary>
    public ValueTask<DoorTable> GetAsync(CancellationToken cancel) => TryGet(out var table) ? new(table) : kept.GetAsync(0, ReadAsync, cancel);

    private Task<DoorTable> ReadAsync(int key, CancellationToken cancel) =>
        database.ReadAsync(async rows => new DoorTable(await new DoorReader(rows, compiled).ReadAsync(), management), cancel);
}
