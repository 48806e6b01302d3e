using System.Text.Json;

namespace Berth.Server.Hosting;

/// <summary>
/// Reads the options from <c>berth.json</c>, then the environment, then the arguments; the later wins. An unknown setting
/// or a value that is not allowed is a <see cref="ConfigurationException"/>.
/// </summary>
internal static class OptionsReader
{
    private const string Prefix = "BERTH_";

    /// <summary>Reads all sources and checks what holds between settings.</summary>
    /// <param name="file">A configuration file that must exist; null for <c>berth.json</c> in the data folder, if it is there.</param>
    /// <param name="environment">All environment variables.</param>
    /// <param name="arguments">Settings by their names.</param>
    public static BerthOptions Read(
        string? file, IEnumerable<KeyValuePair<string, string>> environment, IReadOnlyList<KeyValuePair<string, string>> arguments)
    {
        var variables = environment
            .Where(pair => pair.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .Select(pair => KeyValuePair.Create(pair.Key[Prefix.Length..], pair.Value)).ToList();
        var nearer = Apply(Apply(new(), variables, fromEnvironment: true), arguments, fromEnvironment: false);

        // The file may lie in the data folder, which only the other two sources can name.
        var path = file ?? Path.Combine(nearer.Data, "berth.json");
        var options = file is not null || File.Exists(path) ? Apply(new(), FromFile(path), fromEnvironment: false) : new();
        options = Apply(Apply(options, variables, fromEnvironment: true), arguments, fromEnvironment: false);
        return Check(options);
    }

    private static BerthOptions Apply(
        BerthOptions options, IEnumerable<KeyValuePair<string, string>> values, bool fromEnvironment)
    {
        foreach (var (name, value) in values)
        {
            options = Apply(options, name, value, fromEnvironment);
        }

        return options;
    }

    private static BerthOptions Apply(BerthOptions options, string given, string value, bool fromEnvironment)
    {
        var name = fromEnvironment ? given.Replace("__", ":", StringComparison.Ordinal) : given;
        var shown = fromEnvironment ? Prefix + given : given;
        const string hosts = Settings.HostsSection + ":";
        if (name.StartsWith(hosts, StringComparison.OrdinalIgnoreCase))
        {
            return Settings.ApplyHost(options, name[hosts.Length..], value)
                ?? throw new ConfigurationException($"{shown} is '{value}'; allowed is: account/region, such as 123456789012/us-east-1");
        }

        const string endpoints = Settings.EndpointsSection + ":vpce-";
        if (name.StartsWith(endpoints, StringComparison.OrdinalIgnoreCase))
        {
            return Settings.ApplyEndpoint(options, name[(Settings.EndpointsSection.Length + 1)..].ToLowerInvariant(), value)
                ?? throw new ConfigurationException(
                    $"{shown} is '{value}'; allowed is: for the id of a VPC endpoint, https:// or http:// with an IP address and a port, such as https://10.0.1.5:443");
        }

        var setting = Settings.All.FirstOrDefault(known => Names(known, fromEnvironment).Contains(name, StringComparer.OrdinalIgnoreCase))
            ?? throw new ConfigurationException($"the setting '{shown}' is not known; docs/reference/configuration.md lists them all");
        return setting.Apply(options, value)
            ?? throw new ConfigurationException(
                $"{shown} is {(setting.IsSecret ? "not usable" : $"'{value}'")}; allowed is: {setting.Allowed}");
    }

    private static IEnumerable<string> Names(Setting setting, bool fromEnvironment) =>
        fromEnvironment && setting.Variable is { } variable ? [setting.Name, variable] : [setting.Name];

    private static BerthOptions Check(BerthOptions options)
    {
        if (options.RootAccessKeyId is null != options.RootSecretAccessKey is null)
        {
            throw new ConfigurationException("Root:AccessKeyId and Root:SecretAccessKey are set together or not at all");
        }

        foreach (var (name, address) in ListenersOf(options))
        {
            if (address is { IsHttps: false, IsLoopback: false } && !options.AllowInsecureHttp)
            {
                throw new ConfigurationException(
                    $"{name} is '{address}', plain HTTP on an address that others reach; use https, or say --allow-insecure-http");
            }

            if (address.IsHttps && (options.TlsCertificate is null || options.TlsKey is null))
            {
                throw new ConfigurationException($"{name} is '{address}'; https needs Tls:Certificate and Tls:Key");
            }
        }

        return options;
    }

    private static IEnumerable<(string Name, ListenAddress Address)> ListenersOf(BerthOptions options) =>
        options.Listen.Select(address => ("Listen", address))
            .Concat(options.DoorListeners.Select(door => ($"{Settings.EndpointsSection}:{door.EndpointId}", door.Address)));

    private static List<KeyValuePair<string, string>> FromFile(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(path), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var values = new List<KeyValuePair<string, string>>();
            Flatten(document.RootElement, "", values);
            return values;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ConfigurationException($"the configuration file '{path}' cannot be read: {exception.Message}");
        }
    }

    private static void Flatten(JsonElement element, string path, List<KeyValuePair<string, string>> values)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    Flatten(member.Value, path.Length == 0 ? member.Name : $"{path}:{member.Name}", values);
                }

                break;
            case JsonValueKind.Array:
                values.Add(new(path, string.Join(',', element.EnumerateArray().Select(item => item.ToString()))));
                break;
            default:
                values.Add(new(path, element.ToString()));
                break;
        }
    }
}
