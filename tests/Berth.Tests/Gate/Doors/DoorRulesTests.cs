using Berth.Network;
using Berth.Server.Gate.Doors;
using Berth.Vocabulary;

namespace Berth.Tests.Gate.Doors;

/// <summary>A door leads to one service in one Region, and says so to whoever wants another.</summary>
public sealed class DoorRulesTests
{
    [Theory]
    [InlineData("ecr", "us-east-1", null)]
    [InlineData("ecr", "eu-west-1", "the VPC endpoint 'vpce-1' is for 'com.amazonaws.us-east-1.ecr.api': cross-region requests are not supported, and this one is for 'eu-west-1'")]
    [InlineData("sts", "us-east-1", "the VPC endpoint 'vpce-1' is for 'com.amazonaws.us-east-1.ecr.api' and does not lead to 'sts'")]
    [InlineData("berth", "us-east-1", "the VPC endpoint 'vpce-1' is for 'com.amazonaws.us-east-1.ecr.api' and does not lead to 'berth'")]
    public void The_API_has_its_door(string service, string region, string? refusal) =>
        Assert.Equal(refusal, RefusalOf(() => DoorRules.RefuseOther(Door(DoorKind.Api), service, RegionName.Parse(region))));

    [Fact]
    public void The_door_of_docker_is_not_the_APIs_and_the_other_way_round()
    {
        var region = RegionName.Parse("us-east-1");
        Assert.Equal(
            "the VPC endpoint 'vpce-1' is for 'com.amazonaws.us-east-1.ecr.dkr'; a request of this kind goes through an endpoint for 'com.amazonaws.us-east-1.ecr.api'",
            RefusalOf(() => DoorRules.RefuseOther(Door(DoorKind.Registry), "ecr", region)));
        Assert.Equal(
            "the VPC endpoint 'vpce-1' is for 'com.amazonaws.us-east-1.ecr.api'; a request of this kind goes through an endpoint for 'com.amazonaws.us-east-1.ecr.dkr'",
            RefusalOf(() => DoorRules.RefuseOther(Door(DoorKind.Api), DoorKind.Registry, region)));
    }

    [Fact]
    public void Without_a_door_everything_passes()
    {
        Assert.Null(RefusalOf(() => DoorRules.RefuseOther(null, "sts", RegionName.Parse("us-east-1"))));
        Assert.Null(RefusalOf(() => DoorRules.RefuseOther(null, DoorKind.Registry, RegionName.Parse("us-east-1"))));
    }

    private static Door Door(DoorKind kind) => new("vpce-1", AccountId.Parse("123456789012"), "vpc-1", new(kind, RegionName.Parse("us-east-1")));

    private static string? RefusalOf(Action pass)
    {
        try
        {
            pass();
            return null;
        }
        catch (FaultException refused)
        {
            return refused.Message;
        }
    }
}
