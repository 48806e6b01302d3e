using Berth.Network;

namespace Berth.Tests.Network;

/// <summary>Which host names can mean a VPC endpoint, and which one.</summary>
public sealed class DoorNameTests
{
    private const string Id = "vpce-0a1b2c3d4e5f60718";

    [Theory]
    [InlineData($"{Id}-abcd1234.api.ecr.us-east-1.vpce.amazonaws.com", "com.amazonaws.us-east-1.ecr.api", null, null)]
    [InlineData($"{Id}-abcd1234.dkr.ecr.us-east-1.vpce.amazonaws.com", "com.amazonaws.us-east-1.ecr.dkr", null, null)]
    [InlineData($"{Id}-abcd1234-us-east-1a.dkr.ecr.us-east-1.vpce.amazonaws.com", "com.amazonaws.us-east-1.ecr.dkr", "us-east-1a", null)]
    [InlineData($"{Id}-abcd1234.api.ecr-fips.us-gov-west-1.vpce.amazonaws.com", "com.amazonaws.us-gov-west-1.ecr-fips.api", null, null)]
    [InlineData($"{Id}-abcd1234.dkr.ecr.cn-north-1.vpce.amazonaws.com.cn", "cn.com.amazonaws.cn-north-1.ecr.dkr", null, null)]
    [InlineData($"{Id}-ABCD1234.Dkr.ECR.us-east-1.VPCE.example.", "com.amazonaws.us-east-1.ecr.dkr", null, null)]
    [InlineData($"{Id}-abcd1234.dkr.ecr.us-east-1.vpce", "com.amazonaws.us-east-1.ecr.dkr", null, null)]
    [InlineData($"210987654321.{Id}-abcd1234.dkr.ecr.us-east-1.vpce.localhost", "com.amazonaws.us-east-1.ecr.dkr", null, "210987654321")]
    public void An_endpoints_own_name_tells_it(string host, string service, string? zone, string? account)
    {
        var name = DoorName.Find(host);

        Assert.NotNull(name);
        Assert.Equal((Id, "abcd1234", service, zone, account), (name.EndpointId, name.Suffix, name.Service.Name, name.Zone, name.Account?.ToString()));
        Assert.True(DoorName.IsOwnForm(host));
    }

    [Theory]
    [InlineData("api.ecr.us-east-1.amazonaws.com", "com.amazonaws.us-east-1.ecr.api", null)]
    [InlineData("api.ecr.eu-central-1.registry.example", "com.amazonaws.eu-central-1.ecr.api", null)]
    [InlineData("api.ecr-fips.us-east-1.amazonaws.com", "com.amazonaws.us-east-1.ecr-fips.api", null)]
    [InlineData("ecr-fips.us-east-1.amazonaws.com", "com.amazonaws.us-east-1.ecr-fips.api", null)]
    [InlineData("ecr.us-east-1.api.aws", "com.amazonaws.us-east-1.ecr.api", null)]
    [InlineData("123456789012.dkr.ecr.us-east-1.amazonaws.com", "com.amazonaws.us-east-1.ecr.dkr", "123456789012")]
    [InlineData("123456789012.dkr.ecr.us-east-1.localhost", "com.amazonaws.us-east-1.ecr.dkr", "123456789012")]
    [InlineData("123456789012.dkr-ecr.us-east-1.on.aws", "com.amazonaws.us-east-1.ecr.dkr", "123456789012")]
    [InlineData("123456789012.dkr.ecr-fips.us-east-1.amazonaws.com", "com.amazonaws.us-east-1.ecr-fips.dkr", "123456789012")]
    public void A_public_name_means_a_service(string host, string service, string? account)
    {
        var name = DoorName.Find(host);

        Assert.NotNull(name);
        Assert.Equal((null, service, account), (name.EndpointId, name.Service.Name, name.Account?.ToString()));
        Assert.False(DoorName.IsOwnForm(host));
    }

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("registry.example")]
    [InlineData("ecr.example")]
    [InlineData("sts.us-east-1.amazonaws.com")]
    [InlineData("vpce-0a1b2c3d4e5f6071-abcd1234.api.ecr.us-east-1.vpce.amazonaws.com")]
    [InlineData("vpce-0a1b2c3d4e5f60718.api.ecr.us-east-1.vpce.amazonaws.com")]
    [InlineData($"{Id}-abcd1234.api.ecr.us-east-1.amazonaws.com")]
    [InlineData($"{Id}-abcd1234.s3.us-east-1.vpce.amazonaws.com")]
    [InlineData($"{Id}-abcd1234.api.ecr.-.vpce.amazonaws.com")]
    [InlineData($"x.{Id}-abcd1234.api.ecr.us-east-1.vpce.amazonaws.com")]
    public void Every_other_name_means_none(string host) => Assert.Null(DoorName.Find(host));

    [Theory]
    [InlineData("com.amazonaws.us-east-1.ecr.api")]
    [InlineData("com.amazonaws.us-east-1.ecr.dkr")]
    [InlineData("com.amazonaws.us-east-1.ecr-fips.api")]
    [InlineData("com.amazonaws.us-east-1.ecr-fips.dkr")]
    [InlineData("com.amazonaws.us-east-1.s3")]
    [InlineData("cn.com.amazonaws.cn-north-1.ecr.api")]
    [InlineData("com.amazonaws.cn-north-1.s3")]
    public void A_service_goes_by_its_name(string name)
    {
        Assert.True(DoorService.TryParse(name, out var service));
        Assert.Equal(name, service.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("com.amazonaws.us-east-1.sts")]
    [InlineData("com.amazonaws.us-east-1.ecr")]
    [InlineData("com.amazonaws.cn-north-1.ecr.api")]
    [InlineData("com.amazonaws.US-EAST-1.s3")]
    [InlineData("aws.api.us-east-1.ecr")]
    public void No_other_service_has_doors(string name) => Assert.False(DoorService.TryParse(name, out _));
}
