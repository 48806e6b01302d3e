using Berth.Server.Hosting;

namespace Berth.Tests.Hosting;

public sealed class OptionsReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Nothing_has_to_be_configured()
    {
        var options = Read();

        Assert.Equal("123456789012 us-east-1", $"{options.AccountId} {options.Region}");
        Assert.Equal("http://127.0.0.1:5050", $"{Assert.Single(options.Listen)}");
        Assert.Equal(Path.Combine(folder.Path, "keyring"), options.KeyringPath);
        Assert.Equal(TimeSpan.FromHours(12), options.Retention.Grace);
    }

    [Fact]
    public void The_environment_wins_over_the_file_and_arguments_over_both()
    {
        File.WriteAllText(folder["berth.json"], """{ "AccountId": "111111111111", "Region": "eu-west-1", "Log": { "Level": "Error" } }""");

        var options = Read(
            environment: [new("BERTH_REGION", "eu-west-2"), new("BERTH_Log__Level", "Warning")],
            arguments: [new("Log:Level", "Debug")]);

        Assert.Equal("111111111111", options.AccountId.ToString());
        Assert.Equal("eu-west-2", options.Region.ToString());
        Assert.Equal(Microsoft.Extensions.Logging.LogLevel.Debug, options.LogLevel);
    }

    [Fact]
    public void A_file_has_sections_lists_comments_and_trailing_commas()
    {
        File.WriteAllText(folder["berth.json"], """
            {
              // both loopback addresses
              "Listen": ["http://127.0.0.1:1", "http://[::1]:2"],
              "Collection": { "Grace": "7d", },
              "AllowInsecureHttp": true,
            }
            """);

        var options = Read();

        Assert.Equal([ListenAddress.Parse("http://127.0.0.1:1"), ListenAddress.Parse("http://[::1]:2")], options.Listen);
        Assert.Equal(TimeSpan.FromDays(7), options.Retention.Grace);
        Assert.True(options.AllowInsecureHttp);
    }

    [Fact]
    public void Proxies_are_addresses_and_blocks()
    {
        var options = Read(environment: [new("BERTH_Proxies__Trusted", "10.1.0.0/16, 192.0.2.1,2001:db8::/32,::1")]);

        Assert.Equal("10.1.0.0/16 192.0.2.1/32 2001:db8::/32 ::1/128", string.Join(' ', options.TrustedProxies));
        Assert.Empty(Read().TrustedProxies);
    }

    [Fact]
    public void The_data_folder_of_the_file_is_the_one_that_the_environment_names()
    {
        File.WriteAllText(folder["berth.json"], """{ "Region": "eu-west-1" }""");

        var options = OptionsReader.Read(file: null, [new("BERTH_Data", folder.Path)], []);

        Assert.Equal((folder.Path, "eu-west-1"), (options.Data, options.Region.ToString()));
    }

    [Fact]
    public void A_file_that_was_named_must_be_there()
    {
        var refusal = Assert.Throws<ConfigurationException>(() => OptionsReader.Read(folder["other.json"], [], []));

        Assert.Contains($"'{folder["other.json"]}' cannot be read", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"Region\": ")]
    [InlineData("not JSON")]
    public void A_file_that_is_not_JSON_is_refused_with_its_path(string content)
    {
        File.WriteAllText(folder["berth.json"], content);

        Assert.Contains(folder["berth.json"], Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_object_is_refused()
    {
        File.WriteAllText(folder["berth.json"], "42");

        Assert.Contains("is not known", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_that_is_not_known_is_refused_by_its_name()
    {
        File.WriteAllText(folder["berth.json"], """{ "Log": { "Colour": "red" } }""");

        Assert.StartsWith("the setting 'Log:Colour' is not known", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_environment_variable_that_is_not_known_is_refused_by_the_name_it_was_given() =>
        Assert.StartsWith(
            "the setting 'BERTH_Log__Colour' is not known", Refusal(environment: [new("BERTH_Log__Colour", "red")]), StringComparison.Ordinal);

    [Fact]
    public void Environment_variables_of_others_are_nobodys_business() =>
        Assert.Equal("us-east-1", Read(environment: [new("AWS_REGION", "eu-west-1"), new("HARBERTH_REGION", "x")]).Region.ToString());

    [Fact]
    public void Names_are_the_same_in_any_case() =>
        Assert.Equal("eu-west-1", Read(environment: [new("berth_Region", "eu-west-1")]).Region.ToString());

    [Theory]
    [InlineData("BERTH_ACCOUNT_ID", "12345", "BERTH_ACCOUNT_ID is '12345'; allowed is: twelve digits")]
    [InlineData("BERTH_REGION", "EU West", "BERTH_REGION is 'EU West'; allowed is: a Region's name such as eu-central-1")]
    [InlineData("BERTH_Log__Format", "xml", "BERTH_Log__Format is 'xml'; allowed is: text or json")]
    [InlineData("BERTH_Log__Level", "Trace", "BERTH_Log__Level is 'Trace'; allowed is: Debug, Information, Warning or Error")]
    [InlineData("BERTH_AllowInsecureHttp", "yes", "BERTH_AllowInsecureHttp is 'yes'; allowed is: true or false")]
    [InlineData("BERTH_Collection__Interval", "0s", "BERTH_Collection__Interval is '0s'; allowed is: a duration: 30s, 10m, 12h, 7d or hh:mm:ss, at least 1s")]
    [InlineData("BERTH_Registry__PublicHost", "https://x", "BERTH_Registry__PublicHost is 'https://x'; allowed is: a host name with an optional port")]
    [InlineData("BERTH_Proxies__Trusted", "10.1.0.0/33", "BERTH_Proxies__Trusted is '10.1.0.0/33'; allowed is: IP addresses and blocks such as 10.1.0.0/16")]
    [InlineData("BERTH_Proxies__Trusted", "10.1.2.3,proxy", "BERTH_Proxies__Trusted is '10.1.2.3,proxy'; allowed is: IP addresses and blocks such as 10.1.0.0/16")]
    [InlineData("BERTH_Hosts__a.example", "x", "BERTH_Hosts__a.example is 'x'; allowed is: account/region, such as 123456789012/us-east-1")]
    public void A_value_that_is_not_allowed_is_refused_with_what_is(string variable, string value, string message) =>
        Assert.Equal(message, Refusal(environment: [new(variable, value)]));

    [Fact]
    public void A_secret_is_not_printed_when_it_is_refused()
    {
        var message = Refusal(environment: [new("BERTH_ROOT_SECRET_ACCESS_KEY", "tooshort")]);

        Assert.Equal("BERTH_ROOT_SECRET_ACCESS_KEY is not usable; allowed is: at least 16 characters", message);
    }

    [Theory]
    [InlineData("BERTH_ROOT_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")]
    [InlineData("BERTH_ROOT_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG")]
    public void Half_a_root_key_is_refused_without_printing_it(string variable, string value)
    {
        var message = Refusal(environment: [new(variable, value)]);

        Assert.Equal("Root:AccessKeyId and Root:SecretAccessKey are set together or not at all", message);
    }

    [Theory]
    [InlineData("http://0.0.0.0:5050")]
    [InlineData("http://*:5050")]
    [InlineData("http://192.0.2.1:80,http://127.0.0.1:5050")]
    public void Plain_HTTP_on_an_address_that_others_reach_is_refused(string listen) =>
        Assert.EndsWith(
            "plain HTTP on an address that others reach; use https, or say --allow-insecure-http",
            Refusal(arguments: [new("Listen", listen)]),
            StringComparison.Ordinal);

    [Fact]
    public void Plain_HTTP_on_an_address_that_others_reach_can_be_asked_for()
    {
        var options = Read(arguments: [new("Listen", "http://0.0.0.0:5050"), new("AllowInsecureHttp", "true")]);

        Assert.False(Assert.Single(options.Listen).IsLoopback);
    }

    [Fact]
    public void HTTPS_needs_a_certificate_and_its_key() =>
        Assert.Equal(
            "Listen is 'https://127.0.0.1:5050'; https needs Tls:Certificate and Tls:Key",
            Refusal(arguments: [new("Listen", "https://127.0.0.1:5050"), new("Tls:Certificate", "tls.crt")]));

    [Fact]
    public void Host_names_are_mapped_to_registries()
    {
        var options = Read(environment: [new("BERTH_Hosts__registry.example", "210987654321/eu-west-1")]);

        Assert.Equal("arn:aws:ecr:eu-west-1:210987654321:repository/app", options.Hosts["Registry.Example"].RepositoryArn("app"));
    }

    [Fact]
    public void Endpoints_have_addresses_of_their_own_and_a_later_source_replaces_them()
    {
        File.WriteAllText(folder["berth.json"], """
            { "Endpoints": { "vpce-0123456789abcdef0": ["http://127.0.0.1:1", "http://127.0.0.1:2"], "vpce-0123456789abcdef1": "http://127.0.0.1:3", "Only": true } }
            """);

        var options = Read(arguments: [new("Endpoints:vpce-0123456789abcdef0", "http://127.0.0.1:4")]);

        Assert.Equal(
            "vpce-0123456789abcdef1 http://127.0.0.1:3, vpce-0123456789abcdef0 http://127.0.0.1:4",
            string.Join(", ", options.DoorListeners.Select(door => $"{door.EndpointId} {door.Address}")));
        Assert.True(options.DoorsOnly);
    }

    [Theory]
    [InlineData("vpce-1", "http://127.0.0.1:1")]
    [InlineData("vpce-0123456789abcdef0", "10.0.1.5")]
    public void What_is_no_endpoint_or_no_address_is_refused(string endpoint, string address) =>
        Assert.StartsWith(
            $"Endpoints:{endpoint} is '{address}'; allowed is: for the id of a VPC endpoint,",
            Refusal(arguments: [new($"Endpoints:{endpoint}", address)]),
            StringComparison.Ordinal);

    [Fact]
    public void Plain_HTTP_is_refused_for_the_address_of_an_endpoint_too() =>
        Assert.StartsWith(
            "Endpoints:vpce-0123456789abcdef0 is 'http://10.0.1.5:443', plain HTTP on an address that others reach",
            Refusal(arguments: [new("Endpoints:vpce-0123456789abcdef0", "http://10.0.1.5:443")]),
            StringComparison.Ordinal);

    private BerthOptions Read(KeyValuePair<string, string>[]? environment = null, KeyValuePair<string, string>[]? arguments = null) =>
        OptionsReader.Read(file: null, environment ?? [], [new("Data", folder.Path), .. arguments ?? []]);

    private string Refusal(KeyValuePair<string, string>[]? environment = null, KeyValuePair<string, string>[]? arguments = null) =>
        Assert.Throws<ConfigurationException>(() => Read(environment, arguments)).Message;
}
