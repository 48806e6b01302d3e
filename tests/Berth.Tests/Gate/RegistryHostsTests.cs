using Berth.Server.Gate;
using Berth.Vocabulary;
using FsCheck;
using FsCheck.Fluent;

namespace Berth.Tests.Gate;

public sealed class RegistryHostsTests
{
    private static readonly RegistryId Home = Registry("123456789012", "us-east-1");
    private static readonly RegistryId Other = Registry("210987654321", "eu-west-2");

    [Theory]
    [InlineData("210987654321.dkr.ecr.eu-west-2.amazonaws.com")]
    [InlineData("210987654321.dkr.ecr-fips.eu-west-2.amazonaws.com")]
    [InlineData("210987654321.dkr-ecr.eu-west-2.on.aws")]
    [InlineData("210987654321.dkr-ecr-fips.eu-west-2.on.aws")]
    [InlineData("210987654321.DKR.ECR.EU-WEST-2.Example.Test.:5050")]
    [InlineData("210987654321.dkr.ecr.eu-west-2.localhost:5050")]
    [InlineData("mapped.example.test:443")]
    public void A_name_tells_account_and_region(string host) => Assert.Equal(Other, Hosts().Resolve(host));

    [Theory]
    [InlineData("")]
    [InlineData("localhost:5050")]
    [InlineData("127.0.0.1:5050")]
    [InlineData("[::1]:5050")]
    [InlineData("registry.example.test")]
    [InlineData("21098765432.dkr.ecr.eu-west-2.amazonaws.com")]
    [InlineData("210987654321.dkr.ecr.-.amazonaws.com")]
    [InlineData("x.210987654321.dkr.ecr.eu-west-2.amazonaws.com")]
    public void Every_other_name_means_the_home_registry(string host) => Assert.Equal(Home, Hosts().Resolve(host));

    [Fact]
    public void Without_a_template_names_are_such_that_this_machine_reaches_them()
    {
        var hosts = Hosts();

        Assert.Equal("localhost:5050", hosts.HostOf(Home));
        Assert.Equal("210987654321.dkr.ecr.eu-west-2.localhost:5050", hosts.HostOf(Other));
        Assert.Equal("http://localhost:5050", hosts.EndpointOf(Home));
    }

    [Theory]
    [InlineData("http", 80, null, "http://localhost")]
    [InlineData("https", 443, null, "https://localhost")]
    [InlineData("https", 80, null, "https://localhost:80")]
    [InlineData("https", 443, "registry.example.test", "https://registry.example.test")]
    [InlineData("https", 443, "{account}-{region}.example.test:8443", "https://123456789012-us-east-1.example.test:8443")]
    public void An_endpoint_is_scheme_and_host(string scheme, int port, string? template, string endpoint) =>
        Assert.Equal(endpoint, new RegistryHosts(new() { Home = Home, Scheme = scheme, Port = port, PublicHost = template }).EndpointOf(Home));

    [Theory]
    [InlineData(null)]
    [InlineData("registry.example.test")]
    [InlineData("{account}.dkr.ecr.{region}.amazonaws.com")]
    [InlineData("{region}.{account}.Example.Test:8443")]
    public void What_a_registry_is_called_means_it(string? template)
    {
        var hosts = Hosts(template);
        Check.QuickThrowOnFailure(Prop.ForAll(
            Gen.Choose(0, 999_999_999).Zip(Gen.Elements("us-east-1", "eu-west-2", "cn-north-1", "us-gov-west-1")).ToArbitrary(),
            pair =>
            {
                var registry = Registry($"{pair.Item1:D12}", pair.Item2);
                return hosts.Resolve(hosts.HostOf(registry)) == registry;
            }));
        Assert.Equal(Home, hosts.Resolve(hosts.HostOf(Home)));
    }

    [Fact]
    public void Half_a_template_is_refused() =>
        Assert.Throws<ArgumentException>(() => Hosts("{account}.example.test"));

    private static RegistryHosts Hosts(string? template = null) => new(new()
    {
        Home = Home,
        PublicHost = template,
        Hosts = new Dictionary<string, RegistryId>(StringComparer.OrdinalIgnoreCase) { ["mapped.example.test"] = Other },
    });

    private static RegistryId Registry(string account, string region) => new(AccountId.Parse(account), RegionName.Parse(region));
}
