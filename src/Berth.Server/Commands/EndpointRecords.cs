using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Berth.Server.Hosting;

namespace Berth.Server.Commands;

/// <summary>Names and addresses of VPC endpoints as name servers and hosts files take them.</summary>
internal static class EndpointRecords
{
    private const string AnyLabel = "*.";
    private const int Lifetime = 60;

    /// <summary>A VPC endpoint.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Names">What means it; one that begins with <c>*.</c> stands for all registries.</param>
    /// <param name="Addresses">Where it is reached.</param>
    internal sealed record Endpoint(string Id, IReadOnlyList<string> Names, IReadOnlyList<string> Addresses);

    /// <summary>A registry.</summary>
    /// <param name="Account">Whose it is.</param>
    /// <param name="Host">The name that it goes by.</param>
    internal sealed record Registry(string Account, string Host);

    /// <summary>The lines of a format: <c>hosts</c>, <c>bind</c> or <c>coredns</c>.</summary>
    /// <param name="format">Which.</param>
    /// <param name="endpoints">The endpoints; one without an address is refused, since nobody knows where it is reached.</param>
    /// <param name="registries">The registries, whose names a hosts file must have one by one.</param>
    /// <param name="address">Where the server is reached; null for this machine.</param>
    public static IEnumerable<string> Write(
        string format, IReadOnlyList<Endpoint> endpoints, IReadOnlyList<Registry> registries, string? address)
    {
        if (endpoints.FirstOrDefault(endpoint => endpoint.Addresses.Count == 0) is { } nowhere)
        {
            throw new ConfigurationException(
                $"{nowhere.Id} has no address in the configuration; say with --address where clients reach it, or give it one by Endpoints:{nowhere.Id}");
        }

        var records = endpoints.SelectMany(endpoint => endpoint.Names.SelectMany(name => endpoint.Addresses.Select(at => (Name: name, Address: at))))
            .Distinct()
            .ToList();
        return format switch
        {
            "hosts" => Hosts(records, registries, address ?? "127.0.0.1"),
            "coredns" => records.GroupBy(record => (record.Name, Type: TypeOf(record.Address))).SelectMany(group => CoreDns(group.Key.Name, group.Key.Type, [.. group.Select(record => record.Address)])),
            _ => records.Select(record => $"{record.Name}. {Lifetime} IN {TypeOf(record.Address)} {record.Address}"),
        };
    }

    private static IEnumerable<string> Hosts(List<(string Name, string Address)> records, IReadOnlyList<Registry> registries, string address) =>
        records.SelectMany(record => record.Name.StartsWith(AnyLabel, StringComparison.Ordinal)
                ? registries.Select(registry => $"{record.Address} {registry.Account}.{record.Name[AnyLabel.Length..]}")
                : [$"{record.Address} {record.Name}"])
            .Concat(registries.Where(registry => registry.Host is not "localhost").Select(registry => $"{address} {registry.Host}"))
            .Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> CoreDns(string name, string type, IReadOnlyList<string> addresses)
    {
        var isAny = name.StartsWith(AnyLabel, StringComparison.Ordinal);
        var zone = isAny ? name[AnyLabel.Length..] : name;
        yield return $"template IN {type} {zone} {{";
        yield return $"    match ^{(isAny ? "[^.]+[.]" : "")}{Regex.Escape(zone).Replace(@"\.", "[.]", StringComparison.Ordinal)}[.]$";
        foreach (var address in addresses)
        {
            yield return $"    answer \"{{{{ .Name }}}} {Lifetime} IN {type} {address}\"";
        }

        yield return "    fallthrough";
        yield return "}";
    }

    private static string TypeOf(string address) =>
        IPAddress.Parse(address).AddressFamily is AddressFamily.InterNetworkV6 ? "AAAA" : "A";
}
