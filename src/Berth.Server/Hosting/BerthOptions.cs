using System.Net;
using Berth.Lifecycle;
using Berth.Registry;
using Berth.Trail;
using Berth.Vocabulary;

namespace Berth.Server.Hosting;

/// <summary>Everything that can be configured, with the values of a first start that nobody configured.</summary>
internal sealed record BerthOptions
{
    public string Data { get; init; } = DefaultData();

    public IReadOnlyList<ListenAddress> Listen { get; init; } = [ListenAddress.Parse("http://127.0.0.1:5050")];

    public bool AllowInsecureHttp { get; init; }

    public AccountId AccountId { get; init; } = AccountId.Parse("123456789012");

    public RegionName Region { get; init; } = RegionName.Parse("us-east-1");

    public string? RootAccessKeyId { get; init; }

    public string? RootSecretAccessKey { get; init; }

    public string? PublicHost { get; init; }

    public string? PublicScheme { get; init; }

    public IReadOnlyDictionary<string, RegistryId> Hosts { get; init; } =
        new Dictionary<string, RegistryId>(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    public IReadOnlyList<DoorListener> DoorListeners { get; init; } = [];

    public bool DoorsOnly { get; init; }

    public string? Keyring { get; init; }

    public string? BlobArchive { get; init; }

    public string? TlsCertificate { get; init; }

    public string? TlsKey { get; init; }

    public TrailSettings Trail { get; init; } = new();

    public Retention Retention { get; init; } = new();

    public Quotas Quotas { get; init; } = new();

    public bool CreateOnPush { get; init; }

    public LifecycleSettings Lifecycle { get; init; } = new();

    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public LogFormat LogFormat { get; init; } = LogFormat.Text;

    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>The registry that host names without an account mean.</summary>
    public RegistryId HomeRegistry => new(AccountId, Region);

    /// <summary>The file that holds the service keys.</summary>
    public string KeyringPath => Keyring ?? Path.Combine(Data, "keyring");

    // XDG Base Directory Specification: $XDG_DATA_HOME, or ~/.local/share where it is unset.
    private static string DefaultData() =>
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "berth");
}

/// <summary>An address that is one VPC endpoint's alone.</summary>
/// <param name="EndpointId">The endpoint, whether or not there is one yet.</param>
/// <param name="Address">Where to listen.</param>
internal sealed record DoorListener(string EndpointId, ListenAddress Address);

/// <summary>How log lines are written.</summary>
internal enum LogFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>One JSON object a line.</summary>
    Json,
}
