namespace Berth.Tests.CloudFormation.Types;

public sealed class IamTypesTests : IAsyncLifetime
{
    private const string Trust =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    private const string Document = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:*","Resource":"*"}]}""";
    private const string Document2 = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:Get*","Resource":"*"}]}""";
    private const string ReadOnly = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly";

    private TypeHost host = null!;

    public async ValueTask InitializeAsync() => host = await TypeHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_user_belongs_to_groups_and_has_policies()
    {
        await host.IamAsync("CreateGroup", "Arn", "GroupName", "devs");
        await host.IamAsync("CreateGroup", "Arn", "GroupName", "ops");
        var before = $$"""{"UserName":"alice","Groups":["devs"],"Policies":[{"PolicyName":"own","PolicyDocument":{{Document}}}]}""";
        var after = $$"""{"UserName":"alice","Groups":["ops"],"ManagedPolicyArns":["{{ReadOnly}}"],"Path":"/people/"}""";
        var user = host.Resource("AWS::IAM::User", "Alice");

        var state = await user.CreateAsync(before);
        Assert.Equal(("alice", "arn:aws:iam::123456789012:user/alice"), (state.PhysicalId, (string?)state.Attributes["Arn"]));
        Assert.Equal("devs", await host.IamAsync("ListGroupsForUser", "GroupName", "UserName", "alice"));
        Assert.Equal("own", await host.IamAsync("ListUserPolicies", "member", "UserName", "alice"));

        var changed = await user.UpdateAsync(state, before, after);
        Assert.Equal("arn:aws:iam::123456789012:user/people/alice", (string?)changed.Attributes["Arn"]);
        Assert.Equal(await host.IamAsync("GetUser", "Arn", "UserName", "alice"), (string?)changed.Attributes["Arn"]);
        Assert.Equal("ops", await host.IamAsync("ListGroupsForUser", "GroupName", "UserName", "alice"));
        Assert.Equal("", await host.IamAsync("ListUserPolicies", "member", "UserName", "alice"));
        Assert.Equal(ReadOnly, await host.IamAsync("ListAttachedUserPolicies", "PolicyArn", "UserName", "alice"));

        await user.Again.CreateAsync(after);
        await user.DeleteAsync(changed, after);
        await user.DeleteAsync(changed, after);
        Assert.Equal("NoSuchEntity", await host.IamAsync("GetUser", "Arn", "UserName", "alice"));
    }

    [Fact]
    public void A_password_is_refused_with_the_reason() => Assert.Equal(
        "the property LoginProfile is not offered by this server: there is no console to sign in to, so users have no passwords",
        host.Resource("AWS::IAM::User", "Alice").Flaw("""{"LoginProfile":{"Password":"secret"}}"""));

    [Fact]
    public async Task A_group_is_made_moved_and_deleted()
    {
        var before = $$"""{"ManagedPolicyArns":["{{ReadOnly}}"]}""";
        var after = $$"""{"Path":"/dev/","Policies":[{"PolicyName":"own","PolicyDocument":{{Document}}}]}""";
        var group = host.Resource("AWS::IAM::Group", "Devs");

        var state = await group.CreateAsync(before);
        Assert.Equal("prod-Devs-1A2B3C4D5E6F7", state.PhysicalId);
        state = await group.UpdateAsync(await group.Again.CreateAsync(before), before, after);
        Assert.Equal("arn:aws:iam::123456789012:group/dev/prod-Devs-1A2B3C4D5E6F7", (string?)state.Attributes["Arn"]);
        Assert.Equal("", await host.IamAsync("ListAttachedGroupPolicies", "PolicyArn", "GroupName", state.PhysicalId));
        Assert.Equal("own", await host.IamAsync("ListGroupPolicies", "member", "GroupName", state.PhysicalId));

        await group.DeleteAsync(state, after);
        await group.DeleteAsync(state, after);
        Assert.Equal("NoSuchEntity", await host.IamAsync("GetGroup", "Arn", "GroupName", state.PhysicalId));
    }

    [Fact]
    public async Task An_inline_policy_goes_to_all_it_names_and_moves_with_its_name()
    {
        var first = await RoleAsync("First");
        var second = await RoleAsync("Second");
        var before = $$"""{"PolicyName":"pull","PolicyDocument":{{Document}},"Roles":["{{first}}","{{second}}"]}""";
        var after = $$"""{"PolicyName":"push","PolicyDocument":{{Document}},"Roles":["{{second}}"]}""";
        var policy = host.Resource("AWS::IAM::Policy", "DefaultPolicy");

        var state = await policy.CreateAsync(before);
        Assert.Equal("prod-Defau-1A2B3C4D5E6F7", state.PhysicalId);
        Assert.Equal("pull", await InlineAsync(first));

        await policy.UpdateAsync(await policy.Again.CreateAsync(before), before, after);
        Assert.Equal(("", "push"), (await InlineAsync(first), await InlineAsync(second)));

        await policy.DeleteAsync(state, after);
        await policy.DeleteAsync(state, after);
        Assert.Equal("", await InlineAsync(second));
    }

    [Fact]
    public void An_inline_policy_of_nobody_is_refused() => Assert.Equal(
        "At least one of [Groups,Roles,Users] must be non-empty.",
        host.Resource("AWS::IAM::Policy", "DefaultPolicy").Flaw("""{"PolicyName":"pull","PolicyDocument":{},"Roles":[]}"""));

    [Fact]
    public async Task Another_text_of_a_managed_policy_is_another_version_and_the_oldest_makes_room()
    {
        var role = await RoleAsync("First");
        string Wanted(string document) => $$"""{"ManagedPolicyName":"pull","PolicyDocument":{{document}},"Roles":["{{role}}"]}""";
        var policy = host.Resource("AWS::IAM::ManagedPolicy", "Pull");

        var state = await policy.CreateAsync(Wanted(Document));
        Assert.Equal("arn:aws:iam::123456789012:policy/pull", state.PhysicalId);
        state = await policy.Again.CreateAsync(Wanted(Document));
        for (var i = 0; i < 6; i++)
        {
            host.Gate.Time.Advance(TimeSpan.FromSeconds(2));
            state = await policy.UpdateAsync(
                state, Wanted(i % 2 == 0 ? Document : Document2), Wanted(i % 2 == 0 ? Document2 : Document));
        }

        Assert.Equal("v7", (string?)state.Attributes["DefaultVersionId"]);
        Assert.Equal("v7,v6,v5,v4,v3", await host.IamAsync("ListPolicyVersions", "VersionId", "PolicyArn", state.PhysicalId));
        Assert.Equal(state.PhysicalId, await host.IamAsync("ListAttachedRolePolicies", "PolicyArn", "RoleName", role));

        await policy.DeleteAsync(state, Wanted(Document));
        await policy.DeleteAsync(state, Wanted(Document));
        Assert.Equal("NoSuchEntity", await host.IamAsync("GetPolicy", "Arn", "PolicyArn", state.PhysicalId));
    }

    [Fact]
    public async Task An_instance_profile_has_one_role_which_may_change()
    {
        var (first, second) = (await RoleAsync("First"), await RoleAsync("Second"));
        var profile = host.Resource("AWS::IAM::InstanceProfile", "Profile");
        string Wanted(string role) => $$"""{"Path":"/","Roles":["{{role}}"]}""";

        var state = await profile.CreateAsync(Wanted(first));
        Assert.Equal("arn:aws:iam::123456789012:instance-profile/prod-Profile-1A2B3C4D5E6F7", (string?)state.Attributes["Arn"]);
        await profile.UpdateAsync(await profile.Again.CreateAsync(Wanted(first)), Wanted(first), Wanted(second));
        Assert.Equal(second, await host.IamAsync("GetInstanceProfile", "RoleName", "InstanceProfileName", state.PhysicalId));

        await profile.DeleteAsync(state, Wanted(second));
        await profile.DeleteAsync(state, Wanted(second));
        Assert.Equal("NoSuchEntity", await host.IamAsync("GetInstanceProfile", "Arn", "InstanceProfileName", state.PhysicalId));
    }

    [Fact]
    public async Task An_access_key_tells_its_secret_as_an_attribute()
    {
        await host.IamAsync("CreateUser", "Arn", "UserName", "alice");
        var key = host.Resource("AWS::IAM::AccessKey", "Key");

        var state = await key.CreateAsync("""{"UserName":"alice","Status":"Inactive"}""");
        Assert.Matches("^AKIA[A-Z2-7]{16}$", state.PhysicalId);
        Assert.Equal(40, ((string?)state.Attributes["SecretAccessKey"])!.Length);
        Assert.Equal("Inactive", await host.IamAsync("ListAccessKeys", "Status", "UserName", "alice"));

        await key.UpdateAsync(state, """{"UserName":"alice","Status":"Inactive"}""", """{"UserName":"alice"}""");
        Assert.Equal("Active", await host.IamAsync("ListAccessKeys", "Status", "UserName", "alice"));
        Assert.Equal("Serial", key.ReplacedBy("""{"UserName":"alice","Serial":1}""", """{"UserName":"alice","Serial":"2"}"""));
        Assert.Equal("", key.ReplacedBy("""{"UserName":"alice","Serial":1}""", """{"UserName":"alice","Serial":"1"}"""));

        await key.DeleteAsync(state, """{"UserName":"alice"}""");
        await key.DeleteAsync(state, """{"UserName":"alice"}""");
        Assert.Equal("", await host.IamAsync("ListAccessKeys", "AccessKeyId", "UserName", "alice"));
    }

    [Fact]
    public async Task A_provider_of_tokens_is_made_changed_and_deleted()
    {
        const string Before = """{"Url":"https://token.example.com","ClientIdList":["sts.amazonaws.com","a"],"Tags":[{"Key":"team","Value":"blue"}]}""";
        const string After = """{"Url":"https://token.example.com","ClientIdList":["sts.amazonaws.com","b"],"ThumbprintList":["1234567890123456789012345678901234567890"]}""";
        var provider = host.Resource("AWS::IAM::OIDCProvider", "Tokens");

        var state = await provider.CreateAsync(Before);
        Assert.Equal("arn:aws:iam::123456789012:oidc-provider/token.example.com", state.PhysicalId);
        Assert.Equal(state.PhysicalId, (await provider.Again.CreateAsync(Before)).PhysicalId);

        await provider.UpdateAsync(state, Before, After);
        Assert.Equal("sts.amazonaws.com,b,1234567890123456789012345678901234567890", await ProviderAsync("member"));
        Assert.Equal("", await ProviderAsync("Key"));

        await provider.DeleteAsync(state, After);
        await provider.DeleteAsync(state, After);
        Assert.Equal("NoSuchEntity", await ProviderAsync("Url"));
    }

    private async Task<string> RoleAsync(string logicalId) =>
        (await host.Resource("AWS::IAM::Role", logicalId).CreateAsync($$"""{"AssumeRolePolicyDocument":{{Trust}}}""")).PhysicalId;

    private Task<string> InlineAsync(string role) => host.IamAsync("ListRolePolicies", "member", "RoleName", role);

    private Task<string> ProviderAsync(string element) => host.IamAsync(
        "GetOpenIDConnectProvider", element, "OpenIDConnectProviderArn", "arn:aws:iam::123456789012:oidc-provider/token.example.com");
}
