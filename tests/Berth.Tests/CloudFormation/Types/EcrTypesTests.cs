using System.Text.Json;

namespace Berth.Tests.CloudFormation.Types;

public sealed class EcrTypesTests : IAsyncLifetime
{
    private const string Policy =
        """{"Version":"2012-10-17","Statement":[{"Sid":"push","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::210987654321:root"},"Action":["ecr:CreateRepository"],"Resource":["arn:aws:ecr:us-east-1:123456789012:repository/*"]}]}""";

    private TypeHost host = null!;

    public async ValueTask InitializeAsync() => host = await TypeHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_registry_has_one_policy()
    {
        var policy = host.Resource("AWS::ECR::RegistryPolicy", "Policy");
        var wanted = $$"""{"PolicyText":{{Policy}}}""";

        var state = await policy.CreateAsync(wanted);
        Assert.Equal(("123456789012", "123456789012"), (state.PhysicalId, (string?)state.Attributes["RegistryId"]));
        Assert.Equal(
            "Resource handler returned message: \"Resource of type 'AWS::ECR::RegistryPolicy' with identifier '123456789012' already exists.\" "
            + "(RequestToken: ID, HandlerErrorCode: AlreadyExists)",
            await policy.RefusalAsync(wanted));
        Assert.Equal("123456789012", (await policy.Again.CreateAsync(wanted)).PhysicalId);

        await policy.UpdateAsync(state, wanted, wanted.Replace("push", "pull", StringComparison.Ordinal));
        Assert.Contains("pull", (await host.EcrAsync("GetRegistryPolicy", new { })).GetProperty("policyText").GetString(), StringComparison.Ordinal);
        await policy.DeleteAsync(state, wanted);
        await policy.DeleteAsync(state, wanted);
        Assert.Equal("RegistryPolicyNotFoundException", (await host.Gate.Root.CallAsync("GetRegistryPolicy", new { })).Error.Code);
    }

    [Fact]
    public async Task A_creation_template_is_made_changed_and_deleted()
    {
        const string Before =
            """{"Prefix":"team","AppliedFor":["CREATE_ON_PUSH"],"Description":"ours","ImageTagMutability":"IMMUTABLE","ResourceTags":[{"Key":"a","Value":"b"}]}""";
        var template = host.Resource("AWS::ECR::RepositoryCreationTemplate", "Team");

        var state = await template.CreateAsync(Before);
        Assert.Equal(("team", "2026-01-15T12:00:00.000Z"), (state.PhysicalId, (string?)state.Attributes["CreatedAt"]));
        Assert.Equal(state.Attributes.ToJsonString(), (await template.Again.CreateAsync(Before)).Attributes.ToJsonString());
        Assert.Contains("already exists", await template.RefusalAsync(Before), StringComparison.Ordinal);

        await template.UpdateAsync(state, Before, """{"Prefix":"team","AppliedFor":["PULL_THROUGH_CACHE"]}""");
        var found = (await DescribeAsync()).GetProperty("repositoryCreationTemplates")[0];
        Assert.Equal("MUTABLE", found.GetProperty("imageTagMutability").GetString());
        Assert.Equal("PULL_THROUGH_CACHE", found.GetProperty("appliedFor")[0].GetString());
        Assert.False(found.TryGetProperty("resourceTags", out _));
        Assert.Equal("Prefix", template.ReplacedBy(Before, Before.Replace("team", "web", StringComparison.Ordinal)));

        await template.DeleteAsync(state, Before);
        await template.DeleteAsync(state, Before);
        Assert.Equal(0, (await DescribeAsync()).GetProperty("repositoryCreationTemplates").GetArrayLength());
    }

    [Fact]
    public async Task A_scanners_pulls_are_excluded_and_counted_again()
    {
        const string Wanted = """{"PrincipalArn":"arn:aws:iam::123456789012:role/scanner"}""";
        var exclusion = host.Resource("AWS::ECR::PullTimeUpdateExclusion", "Scanner");

        var state = await exclusion.CreateAsync(Wanted);
        Assert.Equal("arn:aws:iam::123456789012:role/scanner", state.PhysicalId);
        Assert.Equal(state.PhysicalId, (await exclusion.Again.CreateAsync(Wanted)).PhysicalId);
        Assert.Contains("already exists", await exclusion.RefusalAsync(Wanted), StringComparison.Ordinal);

        await exclusion.DeleteAsync(state, Wanted);
        await exclusion.DeleteAsync(state, Wanted);
        Assert.Equal(0, (await host.EcrAsync("ListPullTimeUpdateExclusions", new { })).GetProperty("pullTimeUpdateExclusions").GetArrayLength());
    }

    [Fact]
    public async Task What_has_no_consequence_is_made_of_nothing()
    {
        var metadata = host.Resource("AWS::CDK::Metadata", "CDKMetadata");
        var state = await metadata.CreateAsync("""{"Analytics":"v2:deflate64:H4sI"}""");
        await metadata.DeleteAsync(state);

        Assert.Equal("prod-CDKMetadata-1A2B3C4D5E6F7", state.PhysicalId);
        Assert.Equal(
            "prod-Handle-1A2B3C4D5E6F7", (await host.Resource("AWS::CloudFormation::WaitConditionHandle", "Handle").CreateAsync("{}")).PhysicalId);
    }

    [Theory]
    [InlineData("AWS::ECR::ReplicationConfiguration")]
    [InlineData("AWS::ECR::PullThroughCacheRule")]
    [InlineData("AWS::ECR::PublicRepository")]
    [InlineData("AWS::ECR::RegistryScanningConfiguration")]
    [InlineData("AWS::ECR::SigningConfiguration")]
    public void Types_of_what_is_not_built_are_unknown(string name) =>
        Assert.DoesNotContain(host.Gate.Berth.Server.ResourceTypes, type => string.Equals(type.Name, name, StringComparison.Ordinal));

    private Task<JsonElement> DescribeAsync() => host.EcrAsync("DescribeRepositoryCreationTemplates", new { });
}
