namespace Berth.Tests.CloudFormation.Types;

public sealed class RoleTypeTests : IAsyncLifetime
{
    private const string Type = "AWS::IAM::Role";
    private const string Trust =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":["ec2.amazonaws.com"]},"Action":["sts:AssumeRole"]}]}""";

    private const string Document = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:*","Resource":"*"}]}""";
    private const string ReadOnly = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly";
    private const string PowerUser = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser";

    private TypeHost host = null!;

    public async ValueTask InitializeAsync() => host = await TypeHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_role_is_made_with_its_policies_and_tags()
    {
        var state = await host.Resource(Type, "Builder").CreateAsync($$"""
            {"AssumeRolePolicyDocument":{{Trust}},"Path":"/ci/","Description":"builds","MaxSessionDuration":"7200","ManagedPolicyArns":["{{ReadOnly}}"],
             "Policies":[{"PolicyName":"push","PolicyDocument":{{Document}}}],"Tags":[{"Key":"team","Value":"blue"}]}
            """);

        Assert.Equal("prod-Builder-1A2B3C4D5E6F7", state.PhysicalId);
        Assert.Equal("arn:aws:iam::123456789012:role/ci/prod-Builder-1A2B3C4D5E6F7", (string?)state.Attributes["Arn"]);
        Assert.Matches("^AROA[A-Z0-9]{17}$", (string?)state.Attributes["RoleId"]);
        Assert.Equal("7200", await RoleAsync("MaxSessionDuration"));
        Assert.Equal(Trust, Uri.UnescapeDataString(await RoleAsync("AssumeRolePolicyDocument")));
        Assert.Equal("aws:cloudformation:logical-id,aws:cloudformation:stack-id,aws:cloudformation:stack-name,team", await RoleAsync("Key"));
        Assert.Equal(ReadOnly, await AttachedAsync());
        Assert.Equal("push", await InlineAsync());
    }

    [Fact]
    public async Task Only_what_differs_is_changed()
    {
        var before = $$"""
            {"AssumeRolePolicyDocument":{{Trust}},"Description":"builds","ManagedPolicyArns":["{{ReadOnly}}"],"PermissionsBoundary":"{{ReadOnly}}",
             "Policies":[{"PolicyName":"push","PolicyDocument":{{Document}}}],"Tags":[{"Key":"team","Value":"blue"}]}
            """;
        var resource = host.Resource(Type, "Builder");
        var state = await resource.CreateAsync(before);

        await resource.UpdateAsync(state, before, $$"""
            {"AssumeRolePolicyDocument":{{Trust.Replace("ec2", "ecs", StringComparison.Ordinal)}},"MaxSessionDuration":3601,"ManagedPolicyArns":["{{PowerUser}}"],
             "Policies":[{"PolicyName":"pull","PolicyDocument":{{Document}}}]}
            """);

        Assert.Equal("3601", await RoleAsync("MaxSessionDuration"));
        Assert.Equal("", await RoleAsync("Description"));
        Assert.Equal("", await RoleAsync("PermissionsBoundaryArn"));
        Assert.Contains("ecs.amazonaws.com", Uri.UnescapeDataString(await RoleAsync("AssumeRolePolicyDocument")), StringComparison.Ordinal);
        Assert.DoesNotContain("team", await RoleAsync("Key"), StringComparison.Ordinal);
        Assert.Equal(PowerUser, await AttachedAsync());
        Assert.Equal("pull", await InlineAsync());
    }

    [Fact]
    public async Task An_attempt_that_was_killed_is_carried_on()
    {
        var wanted = $$"""{"AssumeRolePolicyDocument":{{Trust}},"RoleName":"builder","ManagedPolicyArns":["{{ReadOnly}}"]}""";
        var resource = host.Resource(Type, "Builder");
        var first = await resource.CreateAsync($$"""{"AssumeRolePolicyDocument":{{Trust}},"RoleName":"builder"}""");

        var again = await resource.Again.CreateAsync(wanted);

        Assert.Equal(first.Attributes.ToJsonString(), again.Attributes.ToJsonString());
        Assert.Equal(ReadOnly, await host.IamAsync("ListAttachedRolePolicies", "PolicyArn", "RoleName", "builder"));
    }

    [Fact]
    public async Task A_retry_does_not_take_what_was_there_before()
    {
        var wanted = $$"""{"AssumeRolePolicyDocument":{{Trust}},"RoleName":"builder"}""";
        await host.Resource(Type, "Other").CreateAsync(wanted);
        host.Gate.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(
            "Resource handler returned message: \"Role with name builder already exists. (Service: Iam, Status Code: 409, Request ID: ID)\" "
            + "(RequestToken: ID, HandlerErrorCode: AlreadyExists)",
            await host.Resource(Type, "Builder").Again.RefusalAsync(wanted));
    }

    [Fact]
    public async Task A_role_whose_policy_cannot_be_attached_is_there_to_be_taken_back()
    {
        var (id, reason) = await host.Resource(Type, "Builder").HalfMadeAsync(
            $$"""{"AssumeRolePolicyDocument":{{Trust}},"ManagedPolicyArns":["arn:aws:iam::aws:policy/Nothing"]}""");

        Assert.Equal("prod-Builder-1A2B3C4D5E6F7", id);
        Assert.Contains("(Service: Iam, Status Code: 404, Request ID: ID)\" (RequestToken: ID, HandlerErrorCode: NotFound)", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_is_deleted_with_its_policies_once()
    {
        var wanted = $$"""
            {"AssumeRolePolicyDocument":{{Trust}},"ManagedPolicyArns":["{{ReadOnly}}"],"Policies":[{"PolicyName":"push","PolicyDocument":{{Document}}}]}
            """;
        var resource = host.Resource(Type, "Builder");
        var state = await resource.CreateAsync(wanted);

        await resource.DeleteAsync(state, wanted);
        await resource.Again.DeleteAsync(state, wanted);

        Assert.Equal("NoSuchEntity", await RoleAsync("Arn"));
    }

    [Fact]
    public async Task What_the_caller_may_not_is_denied_with_the_services_text()
    {
        var nobody = await host.Gate.UserAsync("nobody", policy: null);

        Assert.Equal(
            "Resource handler returned message: \"User: arn:aws:iam::123456789012:user/nobody is not authorized to perform: iam:CreateRole on resource: "
            + "arn:aws:iam::123456789012:role/prod-Builder-1A2B3C4D5E6F7 because no identity-based policy allows the iam:CreateRole action "
            + "(Service: Iam, Status Code: 403, Request ID: ID)\" (RequestToken: ID, HandlerErrorCode: AccessDenied)",
            await host.Resource(Type, "Builder", nobody).RefusalAsync($$"""{"AssumeRolePolicyDocument":{{Trust}}}"""));
    }

    [Fact]
    public void Names_are_cut_to_what_IAM_allows()
    {
        var role = host.Resource(Type, new string('L', 60)).With(work => work with { StackName = new string('s', 60) });

        Assert.Equal($"{new string('s', 25)}-{new string('L', 24)}-{TypeHost.Suffix}", Server.CloudFormation.Types.PhysicalNames.NameOf(role.Work, 64));
    }

    [Theory]
    [InlineData("{}", "Property validation failure: [The property {/AssumeRolePolicyDocument} is required]")]
    [InlineData("""{"AssumeRolePolicyDocument":{},"Permissions":1}""", "Encountered unsupported property Permissions")]
    [InlineData(
        """{"AssumeRolePolicyDocument":{},"MaxSessionDuration":"long"}""",
        "Property validation failure: [Value of property {/MaxSessionDuration} does not match type {Number}]")]
    [InlineData(
        """{"AssumeRolePolicyDocument":{},"Policies":[{"PolicyName":"push"}]}""",
        "Property validation failure: [The property {/Policies/0/PolicyDocument} is required]")]
    public void Properties_that_do_not_fit_are_refused(string properties, string flaw) =>
        Assert.Equal(flaw, host.Resource(Type, "Builder").Flaw(properties));

    [Fact]
    public void Name_and_path_replace_the_role() => Assert.Equal(
        "Path,RoleName",
        host.Resource(Type, "Builder").ReplacedBy(
            """{"AssumeRolePolicyDocument":"a","RoleName":"a","Path":"/a/"}""", """{"AssumeRolePolicyDocument":"b","RoleName":"b","Path":"/b/"}"""));

    private Task<string> RoleAsync(string element) => host.IamAsync("GetRole", element, "RoleName", "prod-Builder-1A2B3C4D5E6F7");

    private Task<string> AttachedAsync() => host.IamAsync("ListAttachedRolePolicies", "PolicyArn", "RoleName", "prod-Builder-1A2B3C4D5E6F7");

    private Task<string> InlineAsync() => host.IamAsync("ListRolePolicies", "member", "RoleName", "prod-Builder-1A2B3C4D5E6F7");
}
