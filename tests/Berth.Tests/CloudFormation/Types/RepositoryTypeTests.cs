using System.Text.Json;

namespace Berth.Tests.CloudFormation.Types;

public sealed class RepositoryTypeTests : IAsyncLifetime
{
    private const string Type = "AWS::ECR::Repository";
    private const string Arn = "arn:aws:ecr:us-east-1:123456789012:repository/app";
    private const string Rules =
        """{"rules":[{"rulePriority":1,"selection":{"tagStatus":"untagged","countType":"imageCountMoreThan","countNumber":5},"action":{"type":"expire"}}]}""";

    private TypeHost host = null!;

    public async ValueTask InitializeAsync() => host = await TypeHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_repository_without_a_name_gets_one_of_its_stack_in_lower_case()
    {
        var state = await host.Resource(Type, "Images").CreateAsync("{}");

        Assert.Equal("prod-images-1a2b3c4d5e6f7", state.PhysicalId);
        Assert.Equal("arn:aws:ecr:us-east-1:123456789012:repository/prod-images-1a2b3c4d5e6f7", (string?)state.Attributes["Arn"]);
        var described = await DescribeAsync("prod-images-1a2b3c4d5e6f7");
        Assert.Equal(described.GetProperty("repositoryUri").GetString(), (string?)state.Attributes["RepositoryUri"]);
    }

    [Fact]
    public async Task All_properties_arrive()
    {
        var state = await host.Resource(Type, "Images").Tagged(new("team", "red"), new("env", "prod")).CreateAsync($$$"""
            {"RepositoryName":"app","ImageTagMutability":"IMMUTABLE_WITH_EXCLUSION","ImageScanningConfiguration":{"ScanOnPush":"true"},
             "ImageTagMutabilityExclusionFilters":[{"ImageTagMutabilityExclusionFilterType":"WILDCARD","ImageTagMutabilityExclusionFilterValue":"dev*"}],
             "EncryptionConfiguration":{"EncryptionType":"AES256"},
             "LifecyclePolicy":{"LifecyclePolicyText":{{{JsonSerializer.Serialize(Rules)}}}},
             "RepositoryPolicyText":{"Version":"2012-10-17","Statement":[{"Sid":"pull","Effect":"Allow","Principal":"*","Action":"ecr:BatchGetImage"}]},
             "Tags":[{"Key":"team","Value":"blue"}]}
            """);

        Assert.Equal("app", state.PhysicalId);
        var described = await DescribeAsync("app");
        Assert.Equal("IMMUTABLE_WITH_EXCLUSION", described.GetProperty("imageTagMutability").GetString());
        Assert.Equal("dev*", described.GetProperty("imageTagMutabilityExclusionFilters")[0].GetProperty("filter").GetString());
        Assert.True(described.GetProperty("imageScanningConfiguration").GetProperty("scanOnPush").GetBoolean());
        Assert.Contains("untagged", await GetAsync("GetLifecyclePolicy", "lifecyclePolicyText"), StringComparison.Ordinal);
        Assert.Contains("ecr:BatchGetImage", await GetAsync("GetRepositoryPolicy", "policyText"), StringComparison.Ordinal);
        Assert.Equal(
            $"aws:cloudformation:logical-id=Images,aws:cloudformation:stack-id={TypeHost.StackId},aws:cloudformation:stack-name=prod,env=prod,team=blue",
            await TagsAsync());
    }

    [Fact]
    public async Task What_a_template_says_anew_is_changed_and_what_it_says_no_more_is_taken_back()
    {
        const string Before =
            """{"RepositoryName":"app","ImageTagMutability":"IMMUTABLE","ImageScanningConfiguration":{"ScanOnPush":true},"Tags":[{"Key":"a","Value":"1"},{"Key":"b","Value":"2"}],"RepositoryPolicyText":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"ecr:PutImage\"}]}"}""";
        var resource = host.Resource(Type, "Images");
        var state = await resource.CreateAsync(Before);

        var changed = await resource.UpdateAsync(state, Before, """{"RepositoryName":"app","Tags":[{"Key":"b","Value":"3"}]}""");

        Assert.Equal(state, changed);
        var described = await DescribeAsync("app");
        Assert.Equal("MUTABLE", described.GetProperty("imageTagMutability").GetString());
        Assert.False(described.GetProperty("imageScanningConfiguration").GetProperty("scanOnPush").GetBoolean());
        Assert.Equal("RepositoryPolicyNotFoundException", (await host.Gate.Root.CallAsync("GetRepositoryPolicy", new { repositoryName = "app" })).Error.Code);
        Assert.EndsWith("stack-name=prod,b=3", await TagsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tags_of_the_stack_change_with_it()
    {
        var resource = host.Resource(Type, "Images");
        var state = await resource.Tagged(new("a", "1"), new("b", "2")).CreateAsync("""{"RepositoryName":"app"}""");

        await resource.With(work => work with { FormerTags = [new("a", "1"), new("b", "2")], Tags = [new("b", "3")] })
            .UpdateAsync(state, """{"RepositoryName":"app"}""", """{"RepositoryName":"app"}""");

        Assert.EndsWith("stack-name=prod,b=3", await TagsAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"RepositoryName":"app"}""", """{"RepositoryName":"web"}""", "RepositoryName")]
    [InlineData("{}", """{"EncryptionConfiguration":{"EncryptionType":"AES256"}}""", "EncryptionConfiguration")]
    [InlineData("""{"ImageTagMutability":"MUTABLE","EmptyOnDelete":true}""", """{"ImageTagMutability":"IMMUTABLE"}""", "")]
    public void What_cannot_be_changed_replaces_the_repository(string before, string after, string replaced) =>
        Assert.Equal(replaced, host.Resource(Type, "Images").ReplacedBy(before, after));

    [Theory]
    [InlineData("""{"repositoryName":"app"}""", "Encountered unsupported property repositoryName")]
    [InlineData("""{"ImageScanningConfiguration":{"Often":true}}""", "Encountered unsupported property Often")]
    [InlineData("""{"EncryptionConfiguration":{}}""", "Property validation failure: [The property {/EncryptionConfiguration/EncryptionType} is required]")]
    [InlineData("""{"Tags":{"Key":"a"}}""", "Property validation failure: [Value of property {/Tags} does not match type {List}]")]
    [InlineData("""{"Tags":["a"]}""", "Property validation failure: [Value of property {/Tags/0} does not match type {Map}]")]
    [InlineData("""{"EmptyOnDelete":"perhaps"}""", "Property validation failure: [Value of property {/EmptyOnDelete} does not match type {Boolean}]")]
    [InlineData("""{"RepositoryName":["app"]}""", "Property validation failure: [Value of property {/RepositoryName} does not match type {String}]")]
    public void Properties_that_do_not_fit_are_refused_before_anything_is_made(string properties, string flaw) =>
        Assert.Equal(flaw, host.Resource(Type, "Images").Flaw(properties));

    [Fact]
    public async Task A_name_that_is_taken_is_refused()
    {
        await host.EcrAsync("CreateRepository", new { repositoryName = "app" });

        Assert.Equal(
            "Resource handler returned message: \"Resource of type 'AWS::ECR::Repository' with identifier 'app' already exists.\" "
            + "(RequestToken: ID, HandlerErrorCode: AlreadyExists)",
            await host.Resource(Type, "Images").RefusalAsync("""{"RepositoryName":"app"}"""));
    }

    [Fact]
    public async Task What_the_caller_may_not_is_denied_with_the_services_text()
    {
        var nobody = await host.Gate.UserAsync("nobody", policy: null);

        Assert.Equal(
            $"Resource handler returned message: \"User: arn:aws:iam::123456789012:user/nobody is not authorized to perform: ecr:CreateRepository on resource: {Arn} "
            + "because no identity-based policy allows the ecr:CreateRepository action (Service: Ecr, Status Code: 400, Request ID: ID)\" "
            + "(RequestToken: ID, HandlerErrorCode: AccessDenied)",
            await host.Resource(Type, "Images", nobody).RefusalAsync("""{"RepositoryName":"app"}"""));
    }

    [Fact]
    public async Task A_repository_whose_policy_is_refused_is_there_to_be_taken_back()
    {
        var resource = host.Resource(Type, "Images");

        var (id, reason) = await resource.HalfMadeAsync("""{"RepositoryName":"app","RepositoryPolicyText":{"Version":"2012-10-17"}}""");

        Assert.Equal("app", id);
        Assert.EndsWith("(Service: Ecr, Status Code: 400, Request ID: ID)\" (RequestToken: ID, HandlerErrorCode: GeneralServiceException)", reason, StringComparison.Ordinal);
        Assert.Equal("app", (await DescribeAsync("app")).GetProperty("repositoryName").GetString());
    }

    [Fact]
    public async Task An_attempt_that_was_killed_is_carried_on()
    {
        const string Wanted =
            """{"RepositoryName":"app","RepositoryPolicyText":{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"ecr:*","Condition":{"StringNotEquals":{"aws:PrincipalTag/team":"blue"}}}]}}""";
        var maker = await host.Gate.UserAsync("maker", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:*","Resource":"*"}]}""");
        var resource = host.Resource(Type, "Images", maker);
        var first = await resource.CreateAsync(Wanted);
        host.Gate.Time.Advance(TimeSpan.FromMinutes(1));

        var again = await resource.Again.CreateAsync(Wanted);

        Assert.Equal(first.PhysicalId, again.PhysicalId);
        Assert.Equal(first.Attributes.ToJsonString(), again.Attributes.ToJsonString());
    }

    [Fact]
    public async Task A_retry_does_not_take_what_was_there_before()
    {
        await host.EcrAsync("CreateRepository", new { repositoryName = "app" });
        host.Gate.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Contains("already exists", await host.Resource(Type, "Images").Again.RefusalAsync("""{"RepositoryName":"app"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_is_deleted_once()
    {
        var resource = host.Resource(Type, "Images");
        var state = await resource.CreateAsync("""{"RepositoryName":"app"}""");

        await resource.DeleteAsync(state);
        await resource.Again.DeleteAsync(state);

        Assert.Equal("RepositoryNotFoundException", (await host.Gate.Root.CallAsync("GetRepositoryPolicy", new { repositoryName = "app" })).Error.Code);
    }

    [Fact]
    public async Task A_repository_with_images_is_deleted_only_when_it_is_to_be_emptied()
    {
        var resource = host.Resource(Type, "Images");
        var state = await resource.CreateAsync("""{"RepositoryName":"app"}""");
        await host.EcrAsync("PutImage", new { repositoryName = "app", imageTag = "v1", imageManifest = await ManifestAsync() });

        Assert.Equal(
            "Resource handler returned message: \"The repository with name 'app' in registry with id '123456789012' cannot be deleted because it still "
            + "contains images (Service: Ecr, Status Code: 400, Request ID: ID)\" (RequestToken: ID, HandlerErrorCode: GeneralServiceException)",
            await resource.DeletionRefusalAsync(state));
        await resource.DeleteAsync(state, """{"EmptyOnDelete":true}""");
    }

    // An index of no images needs no layers.
    private static Task<string> ManifestAsync() =>
        Task.FromResult("""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}""");

    private async Task<JsonElement> DescribeAsync(string name) =>
        (await host.EcrAsync("DescribeRepositories", new { repositoryNames = new[] { name } })).GetProperty("repositories")[0];

    private async Task<string> GetAsync(string operation, string member) =>
        (await host.EcrAsync(operation, new { repositoryName = "app" })).GetProperty(member).GetString()!;

    private async Task<string> TagsAsync() => string.Join(
        ",",
        (await host.EcrAsync("ListTagsForResource", new { resourceArn = Arn })).GetProperty("tags").EnumerateArray()
            .Select(tag => $"{tag.GetProperty("Key").GetString()}={tag.GetProperty("Value").GetString()}"));
}
