using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>Gives away the addresses of subnets, each once. They come back when their owner is deleted.</summary>
public static class SubnetAddresses
{
    /// <summary>
    /// Chooses an address: a certain one, or the lowest that is free. Faults of <see cref="NetworkRefused"/>: none is free, it is taken,
    /// or it is none of the subnet's to give.
    /// </summary>
    public static async Task<string> ChooseAsync(RowReader rows, Subnet subnet, string? wanted)
    {
        var block = Cidr.Parse(subnet.Cidr);
        return Cidr.ToAddress(wanted is null ? await LowestFreeAsync(rows, subnet, block) : await CheckAsync(rows, subnet, block, wanted));
    }

    /// <summary>Takes the address of a network interface that was just kept.</summary>
    public static Task TakeAsync(Transaction tx, NetworkInterface owner) => tx.ExecuteAsync(
        "INSERT INTO network_address (subnet_id, address, owner_id) VALUES (@SubnetId, @address, @Id)",
        new { owner.SubnetId, address = (long)Cidr.ToNumber(owner.PrivateAddress)!.Value, owner.Id });

    /// <summary>How many addresses of subnets are taken.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> CountAsync(RowReader rows, IReadOnlyCollection<string> subnets)
    {
        var list = new ValueList("id", subnets);
        var found = await rows.QueryAsync<Taken>(
            $"SELECT subnet_id, COUNT(*) AS count FROM network_address WHERE subnet_id IN {list} GROUP BY subnet_id", list.With(new { }));
        return found.ToDictionary(taken => taken.SubnetId, taken => taken.Count, StringComparer.Ordinal);
    }

    private static async Task<long> LowestFreeAsync(RowReader rows, Subnet subnet, Cidr block)
    {
        var (first, last) = (block.At(4), block.At(block.Size - 2));
        if (await FindAsync(rows, subnet, first) is null)
        {
            return first;
        }

        // The lowest that is taken and has none after it.
        var before = await rows.FindAsync<long?>(
            """
            SELECT MIN(a.address) FROM network_address a
              LEFT JOIN network_address b ON b.subnet_id = a.subnet_id AND b.address = a.address + 1
             WHERE a.subnet_id = @Id AND b.address IS NULL
            """,
            new { subnet.Id });
        return before < last ? before.Value + 1 : throw NetworkRefused.NoFreeAddress(subnet.Id).AsException();
    }

    private static async Task<long> CheckAsync(RowReader rows, Subnet subnet, Cidr block, string wanted)
    {
        if (Cidr.ToNumber(wanted) is not { } number)
        {
            throw NetworkRefused.Invalid($"Invalid IPv4 address: {wanted}").AsException();
        }

        if (!block.CanGive(number))
        {
            throw NetworkRefused.Invalid(block.Contains(number)
                ? $"Address {wanted} is in subnet's reserved address range"
                : $"Address {wanted} does not fall within the subnet's address range").AsException();
        }

        return await FindAsync(rows, subnet, number) is null ? number : throw NetworkRefused.AddressTaken(wanted).AsException();
    }

    private static Task<long?> FindAsync(RowReader rows, Subnet subnet, long address) => rows.FindAsync<long?>(
        "SELECT 1 FROM network_address WHERE subnet_id = @Id AND address = @address", new { subnet.Id, address });

    private sealed record Taken
    {
        /// <summary>The subnet it is in.</summary>
        public string SubnetId { get; init; } = "";

        public long Count { get; init; }
    }
}
