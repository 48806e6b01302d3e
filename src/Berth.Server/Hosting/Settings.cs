using System.Net;
using System.Text.RegularExpressions;
using Berth.Registry;
using Berth.Vocabulary;

namespace Berth.Server.Hosting;

/// <summary>The table of all settings. The reader, the error texts and docs/reference/configuration.md follow from it.</summary>
internal static partial class Settings
{
    /// <summary>The section whose keys are host names.</summary>
    public const string HostsSection = "Hosts";

    /// <summary>The section whose keys are VPC endpoints, but for <c>Endpoints:Only</c>.</summary>
    public const string EndpointsSection = "Endpoints";

    public static IReadOnlyList<Setting> All { get; } =
    [
        new("Data", "The folder that holds everything: rows, layers, keyring and root key.", "a path", "$XDG_DATA_HOME/berth",
            (options, text) => text.Length > 0 ? options with { Data = Path.GetFullPath(text) } : null),
        new("Listen", "Where to listen; several are separated by commas, or a list in berth.json.",
            "http:// or https:// with an IP address, localhost or *, and a port", "http://127.0.0.1:5050", Listen),
        new("AllowInsecureHttp", "Whether plain HTTP may be spoken on an address that is not loopback.", "true or false", "false",
            (options, text) => bool.TryParse(text, out var allow) ? options with { AllowInsecureHttp = allow } : null),
        new("AccountId", "The first account.", "twelve digits", "123456789012",
            (options, text) => AccountId.TryParse(text, out var account) ? options with { AccountId = account } : null)
        { Variable = "ACCOUNT_ID" },
        new("Region", "The home Region.", "a Region's name such as eu-central-1", "us-east-1",
            (options, text) => RegionName.TryParse(text, out var region) ? options with { Region = region } : null)
        { Variable = "REGION" },
        new("Root:AccessKeyId", "The first account's root access key id; set with Root:SecretAccessKey it stands in place of the one made at the first start.",
            "16 to 128 letters and digits", "made at the first start", AccessKeyId)
        { Variable = "ROOT_ACCESS_KEY_ID" },
        new("Root:SecretAccessKey", "The secret of Root:AccessKeyId.", "at least 16 characters", "made at the first start",
            (options, text) => text.Length is >= 16 and <= 256 ? options with { RootSecretAccessKey = text } : null)
        { Variable = "ROOT_SECRET_ACCESS_KEY", IsSecret = true },
        new("Registry:PublicHost", "The host name in repositoryUri and proxyEndpoint; {account} and {region} stand for the registry's.",
            "a host name with an optional port", "localhost:<port> for the first account in the home Region, {account}.dkr.ecr.{region}.localhost:<port> for others",
            (options, text) => text.Length > 0 && !text.Contains('/', StringComparison.Ordinal) ? options with { PublicHost = text } : null),
        new("Registry:PublicScheme", "What clients speak, for the URLs they are given: https behind a proxy that ends TLS.",
            "http or https", "what the address speaks that a request came to",
            (options, text) => text is "http" or "https" ? options with { PublicScheme = text } : null),
        new("Proxies:Trusted", "The reverse proxies whose X-Forwarded-For is believed, so that aws:SourceIp is the client; several are separated by commas, or a list in berth.json.",
            "IP addresses and blocks such as 10.1.0.0/16", "none", TrustedProxies),
        new("Endpoints:Only", "Whether every registry is reached through VPC endpoints only; berth endpoints require says it for one account.",
            "true or false", "false",
            (options, text) => bool.TryParse(text, out var only) ? options with { DoorsOnly = only } : null),
        new("Keys:Keyring", "The file of the service keys; put it on another disk than the data if you can.", "a path", "keyring in the data folder",
            (options, text) => text.Length > 0 ? options with { Keyring = Path.GetFullPath(text) } : null),
        new("Blobs:Archive", "A folder for layers that only archived images have, such as one on a cheaper disk. It must stay set while layers lie there.",
            "a path", "none: they stay in the data folder",
            (options, text) => text.Length > 0 ? options with { BlobArchive = Path.GetFullPath(text) } : null),
        new("Tls:Certificate", "The certificate chain for https addresses, read again when it changes.", "a PEM file", "none",
            (options, text) => options with { TlsCertificate = Path.GetFullPath(text) }),
        new("Tls:Key", "The certificate's private key.", "a PEM file", "none",
            (options, text) => options with { TlsKey = Path.GetFullPath(text) }),
        new("Collection:Grace", "How long a layer stays that no image refers to.", Duration.Allowed, "12h",
            (options, text) => Duration.TryParse(text, out var time) ? options with { Retention = options.Retention with { Grace = time } } : null),
        new("Collection:Interval", "Time between two collections.", Duration.Allowed + ", at least 1s", "10m",
            (options, text) => Duration.TryParse(text, out var time) && time >= TimeSpan.FromSeconds(1)
                ? options with { Retention = options.Retention with { CollectionInterval = time } } : null),
        new("Uploads:Expiry", "How long an upload session may lie untouched.", Duration.Allowed, "24h",
            (options, text) => Duration.TryParse(text, out var time) ? options with { Retention = options.Retention with { UploadExpiry = time } } : null),
        new("RecycleBin:Retention", "How long an image that was deleted can be taken back, by berth restore-image; 0s for not at all.", Duration.Allowed, "0s",
            (options, text) => Duration.TryParse(text, out var time) ? options with { Retention = options.Retention with { RecycleBin = time } } : null),
        new("Repositories:CreateOnPush", "Whether a push makes a missing repository without a creation template, for whoever may create it.",
            "true or false", "false",
            (options, text) => bool.TryParse(text, out var create) ? options with { CreateOnPush = create } : null),
        new("Throttling:Rates", "Which rates of calls hold for accounts that berth quota set none for; each node counts for itself.",
            "none, or ecr for those that ECR publishes", "none",
            (options, text) => text is "none" or "ecr"
                ? options with { Quotas = options.Quotas with { Rates = text is "ecr" ? Quotas.EcrRates : options.Quotas.Rates.Clear() } } : null),
        new("Trail:Retention", "How long a record of the trail can be looked up.", Duration.Allowed + ", at least 1d", "90d",
            (options, text) => Duration.TryParse(text, out var time) && time >= TimeSpan.FromDays(1)
                ? options with { Trail = options.Trail with { Retention = time } } : null),
        new("Trail:Export", "The folder that records of the trail are exported to, as signed files in CloudTrail's layout.", "a path", "none: nothing is exported",
            (options, text) => text.Length > 0 ? options with { Trail = options.Trail with { Export = Path.GetFullPath(text) } } : null),
        new("Trail:ExportInterval", "Time between two exports.", Duration.Allowed + ", at least 1s", "1h",
            (options, text) => Duration.TryParse(text, out var time) && time >= TimeSpan.FromSeconds(1)
                ? options with { Trail = options.Trail with { ExportInterval = time } } : null),
        new("Lifecycle:Interval", "The most time between two runs of a lifecycle policy.", Duration.Allowed + ", at least 1s", "24h",
            (options, text) => Duration.TryParse(text, out var time) && time >= TimeSpan.FromSeconds(1)
                ? options with { Lifecycle = options.Lifecycle with { Interval = time } } : null),
        new("Lifecycle:Delay", "How long a lifecycle policy that was set waits for its first run.", Duration.Allowed, "0s",
            (options, text) => Duration.TryParse(text, out var time) ? options with { Lifecycle = options.Lifecycle with { Delay = time } } : null),
        new("Lifecycle:ExpireByPull", "Whether expire may go with sinceImagePulled, which ECR refuses.", "true or false", "false",
            (options, text) => bool.TryParse(text, out var may) ? options with { Lifecycle = options.Lifecycle with { ExpiresByPull = may } } : null),
        new("Lifecycle:IndexAsUnit", "Whether an index goes together with the untagged images it lists; as in ECR they otherwise wait for a run after it is gone.",
            "true or false", "false",
            (options, text) => bool.TryParse(text, out var unit) ? options with { Lifecycle = options.Lifecycle with { IndexIsUnit = unit } } : null),
        new("Shutdown:Timeout", "How long transfers may go on after the signal to stop.", Duration.Allowed, "30s",
            (options, text) => Duration.TryParse(text, out var time) ? options with { ShutdownTimeout = time } : null),
        new("Log:Format", "How log lines are written.", "text or json", "text",
            (options, text) => Enum.TryParse<LogFormat>(text, ignoreCase: true, out var format) ? options with { LogFormat = format } : null),
        new("Log:Level", "The least level that is logged.", "Debug, Information, Warning or Error", "Information",
            (options, text) => Enum.TryParse<LogLevel>(text, ignoreCase: true, out var level) && level is >= LogLevel.Debug and <= LogLevel.Error
                ? options with { LogLevel = level } : null),
    ];

    /// <summary>Maps one host name to a registry, written <c>account/region</c>.</summary>
    public static BerthOptions? ApplyHost(BerthOptions options, string host, string text)
    {
        var parts = text.Split('/');
        return parts.Length == 2 && AccountId.TryParse(parts[0], out var account) && RegionName.TryParse(parts[1], out var region)
            ? options with
            {
                Hosts = new Dictionary<string, RegistryId>(options.Hosts, StringComparer.OrdinalIgnoreCase) { [host] = new(account, region) },
            }
            : null;
    }

    /// <summary>Gives a VPC endpoint addresses of its own, in place of those that a source before gave it.</summary>
    public static BerthOptions? ApplyEndpoint(BerthOptions options, string endpoint, string text) =>
        EndpointId().IsMatch(endpoint) && AddressesIn(text) is { } addresses
            ? options with
            {
                DoorListeners =
                [
                    .. options.DoorListeners.Where(door => !string.Equals(door.EndpointId, endpoint, StringComparison.Ordinal)),
                    .. addresses.Select(address => new DoorListener(endpoint, address)),
                ],
            }
            : null;

    private static BerthOptions? Listen(BerthOptions options, string text) =>
        AddressesIn(text) is { } addresses ? options with { Listen = addresses } : null;

    private static List<ListenAddress>? AddressesIn(string text)
    {
        var addresses = new List<ListenAddress>();
        foreach (var part in text.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!ListenAddress.TryParse(part, out var address))
            {
                return null;
            }

            addresses.Add(address);
        }

        return addresses.Count > 0 ? addresses : null;
    }

    private static BerthOptions? TrustedProxies(BerthOptions options, string text)
    {
        var networks = new List<IPNetwork>();
        foreach (var part in text.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryParseNetwork(part, out var network))
            {
                return null;
            }

            networks.Add(network);
        }

        return options with { TrustedProxies = networks };
    }

    // An address alone is the block of it alone.
    private static bool TryParseNetwork(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }

    [GeneratedRegex(@"\Avpce-[0-9a-f]{17}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EndpointId();

    private static BerthOptions? AccessKeyId(BerthOptions options, string text) =>
        text.Length is >= 16 and <= 128 && text.All(char.IsAsciiLetterOrDigit) ? options with { RootAccessKeyId = text } : null;
}
