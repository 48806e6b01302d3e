using System.Globalization;
using System.Text.RegularExpressions;
using Berth.Network;
using Berth.Vocabulary;

namespace Berth.Server.Gate;

/// <summary>What the names of registries are made of.</summary>
internal sealed record RegistryHostOptions
{
    /// <summary>The registry that every name means which says nothing else: first account, home Region.</summary>
    public required RegistryId Home { get; init; }

    /// <summary><c>http</c> or <c>https</c>.</summary>
    public string Scheme { get; init; } = "http";

    /// <summary>The port that clients reach the server on.</summary>
    public int Port { get; init; } = 5050;

    /// <summary>
    /// The name clients use, with its port if it needs one: for all registries with <c>{account}</c> and <c>{region}</c> in
    /// it, or without either for the home registry, the others then being <c>account.dkr.ecr.region.</c> under it. Null for
    /// names that this machine's clients can use as they are.
    /// </summary>
    public string? PublicHost { get; init; }

    /// <summary>Further names, without port, each with the registry it means.</summary>
    public IReadOnlyDictionary<string, RegistryId> Hosts { get; init; } = new Dictionary<string, RegistryId>(StringComparer.OrdinalIgnoreCase);
}

/// <summary>Which registry a host name means, and which name a registry goes by.</summary>
internal sealed partial class RegistryHosts
{
    private const string Account = "{account}";
    private const string Region = "{region}";
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    private readonly RegistryHostOptions options;
    private readonly string home;
    private readonly string others;
    private readonly Regex? template;

    /// <summary>Makes the two directions from one template; one with only half of the placeholders is refused.</summary>
    public RegistryHosts(RegistryHostOptions options)
    {
        this.options = options;
        home = options.PublicHost ?? Local(options);
        var isTemplate = home.Contains(Account, StringComparison.Ordinal);
        if (isTemplate != home.Contains(Region, StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{home}' needs both {Account} and {Region}, or neither", nameof(options));
        }

        others = isTemplate ? home : $"{Account}.dkr.ecr.{Region}.{home}";
        template = isTemplate ? Reader(home) : null;
    }

    /// <summary>The registry of the first account in the home Region; its name is one that every client can use.</summary>
    public RegistryId Home => options.Home;

    /// <summary>The registry that a <c>Host</c> header means.</summary>
    public RegistryId Resolve(string host) => Find(host) ?? options.Home;

    /// <summary>
    /// The registry that a <c>Host</c> header means to who came through a door: one that the name tells, else that of the door's owner.
    /// </summary>
    public RegistryId Resolve(string host, Door? door) => door is null
        ? Resolve(host)
        : Find(host) ?? new(DoorName.Find(new HostString(host).Host)?.Account ?? door.Owner, door.Region);

    private RegistryId? Find(string host)
    {
        var name = new HostString(host).Host.TrimEnd('.').ToLowerInvariant();
        return options.Hosts.TryGetValue(name, out var mapped) ? mapped
            : Read(Amazon().Match(name)) ?? (template is null ? FindHome(name) : Read(template.Match(name)));
    }

    // A name that was given to the home registry tells it; one that merely reaches this machine does not.
    private RegistryId? FindHome(string name) =>
        options.PublicHost is { } given && string.Equals(new HostString(given).Host, name, StringComparison.OrdinalIgnoreCase) ? options.Home : null;

    /// <summary>The host name of a registry, with its port if it needs one: what <c>repositoryUri</c> begins with.</summary>
    public string HostOf(RegistryId registry) => (registry == options.Home ? home : others)
        .Replace(Account, registry.Account.ToString(), StringComparison.Ordinal)
        .Replace(Region, registry.Region.ToString(), StringComparison.Ordinal);

    /// <summary>A registry's <c>proxyEndpoint</c>: scheme and host, no slash at the end.</summary>
    public string EndpointOf(RegistryId registry) => $"{options.Scheme}://{HostOf(registry)}";

    private static RegistryId? Read(Match match) =>
        match.Success
        && AccountId.TryParse(match.Groups["account"].Value, out var account)
        && RegionName.TryParse(match.Groups["region"].Value, out var region)
            ? new(account, region)
            : null;

    private static string Local(RegistryHostOptions options) =>
        (options.Scheme, options.Port) is ("http", 80) or ("https", 443)
            ? "localhost"
            : string.Create(CultureInfo.InvariantCulture, $"localhost:{options.Port}");

    private static Regex Reader(string template)
    {
        var name = Regex.Escape(new HostString(template).Host.ToLowerInvariant())
            .Replace(Regex.Escape(Account), "(?<account>[0-9]{12})", StringComparison.Ordinal)
            .Replace(Regex.Escape(Region), "(?<region>[a-z0-9-]+)", StringComparison.Ordinal);
        return new($@"\A{name}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, MatchTimeout);
    }

    // ECR's own names under whatever suffix: with the dot, with the dash (dual stack), and the FIPS forms of both.
    [GeneratedRegex(@"\A(?<account>[0-9]{12})\.dkr[.-]ecr(-fips)?\.(?<region>[a-z0-9-]+)(\.|\z)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Amazon();
}
