namespace Berth.Tests.Iam;

public sealed class AuthorizationDetailsTests : IAsyncLifetime
{
    private const string Action = "GetAccountAuthorizationDetails";
    private const string Made = "<CreateDate>2026-01-15T12:00:00Z</CreateDate>";
    private const string Limit = "arn:aws:iam::123456789012:policy/limit";
    private const string ReadOnly = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly";
    private const string Pull = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:BatchGetImage","Resource":"*"}}""";
    private const string Push = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:PutImage","Resource":"*"}}""";

    private const string Trust =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:user/alice"},"Action":"sts:AssumeRole"}]}""";

    private PeopleHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PeopleHost.StartAsync();
        await host.DoAsync("CreatePolicy", "PolicyName", "limit", "Description", "most", "PolicyDocument", Pull);
        await host.DoAsync("CreateUser", "UserName", "alice", "PermissionsBoundary", Limit, "Tags.member.1.Key", "Team", "Tags.member.1.Value", "a");
        await host.DoAsync("PutUserPolicy", "UserName", "alice", "PolicyName", "own", "PolicyDocument", Push);
        await host.DoAsync("CreateGroup", "GroupName", "Devs", "Path", "/x/");
        await host.DoAsync("AttachGroupPolicy", "GroupName", "Devs", "PolicyArn", ReadOnly);
        await host.DoAsync("AddUserToGroup", "GroupName", "Devs", "UserName", "alice");
        await host.DoAsync("CreateRole", "RoleName", "machine", "AssumeRolePolicyDocument", Trust);
        await host.DoAsync("AttachRolePolicy", "RoleName", "machine", "PolicyArn", Limit);
        await host.DoAsync("CreateInstanceProfile", "InstanceProfileName", "node");
        await host.DoAsync("AddRoleToInstanceProfile", "InstanceProfileName", "node", "RoleName", "machine");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_user_is_shown_with_its_policies_groups_boundary_and_tags()
    {
        var reply = await OfAsync("User");

        Assert.Equal(
            $"<UserDetailList><member><Path>/</Path><UserName>alice</UserName><UserId>{reply["UserId"]}</UserId>"
            + $"<Arn>arn:aws:iam::123456789012:user/alice</Arn>{Made}"
            + $"<UserPolicyList><member><PolicyName>own</PolicyName><PolicyDocument>{Uri.EscapeDataString(Push)}</PolicyDocument></member></UserPolicyList>"
            + "<GroupList><member>Devs</member></GroupList><AttachedManagedPolicies />"
            + $"<PermissionsBoundary><PermissionsBoundaryType>PermissionsBoundaryPolicy</PermissionsBoundaryType><PermissionsBoundaryArn>{Limit}</PermissionsBoundaryArn></PermissionsBoundary>"
            + "<Tags><member><Key>Team</Key><Value>a</Value></member></Tags></member></UserDetailList>"
            + "<GroupDetailList /><RoleDetailList /><Policies /><IsTruncated>false</IsTruncated>",
            reply.Result);
    }

    [Fact]
    public async Task A_group_is_shown_with_its_policies()
    {
        var reply = await OfAsync("Group");

        Assert.Equal(
            $"<UserDetailList /><GroupDetailList><member><Path>/x/</Path><GroupName>Devs</GroupName><GroupId>{reply["GroupId"]}</GroupId>"
            + $"<Arn>arn:aws:iam::123456789012:group/x/Devs</Arn>{Made}<GroupPolicyList />"
            + $"<AttachedManagedPolicies><member><PolicyName>AmazonEC2ContainerRegistryReadOnly</PolicyName><PolicyArn>{ReadOnly}</PolicyArn></member></AttachedManagedPolicies>"
            + "</member></GroupDetailList><RoleDetailList /><Policies /><IsTruncated>false</IsTruncated>",
            reply.Result);
    }

    [Fact]
    public async Task A_role_is_shown_with_its_trust_and_instance_profiles()
    {
        var reply = await OfAsync("Role");
        var role = $"<Path>/</Path><RoleName>machine</RoleName><RoleId>{reply["RoleId"]}</RoleId>"
            + $"<Arn>arn:aws:iam::123456789012:role/machine</Arn>{Made}<AssumeRolePolicyDocument>{Uri.EscapeDataString(Trust)}</AssumeRolePolicyDocument>";

        Assert.Equal(
            $"<UserDetailList /><GroupDetailList /><RoleDetailList><member>{role}"
            + $"<InstanceProfileList><member><Path>/</Path><InstanceProfileName>node</InstanceProfileName><InstanceProfileId>{reply["InstanceProfileId"]}</InstanceProfileId>"
            + $"<Arn>arn:aws:iam::123456789012:instance-profile/node</Arn>{Made}<Roles><member>{role}<MaxSessionDuration>3600</MaxSessionDuration></member></Roles></member></InstanceProfileList>"
            + $"<RolePolicyList /><AttachedManagedPolicies><member><PolicyName>limit</PolicyName><PolicyArn>{Limit}</PolicyArn></member></AttachedManagedPolicies>"
            + "<Tags /><RoleLastUsed /></member></RoleDetailList><Policies /><IsTruncated>false</IsTruncated>",
            reply.Result);
    }

    [Fact]
    public async Task A_policy_is_shown_with_all_its_versions()
    {
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await host.DoAsync("CreatePolicyVersion", "PolicyArn", Limit, "PolicyDocument", Push, "SetAsDefault", "true");

        var reply = await OfAsync("LocalManagedPolicy");

        Assert.Equal(
            $"<UserDetailList /><GroupDetailList /><RoleDetailList /><Policies><member><PolicyName>limit</PolicyName><PolicyId>{reply["PolicyId"]}</PolicyId>"
            + $"<Arn>{Limit}</Arn><Path>/</Path><DefaultVersionId>v2</DefaultVersionId><AttachmentCount>1</AttachmentCount>"
            + "<PermissionsBoundaryUsageCount>1</PermissionsBoundaryUsageCount><IsAttachable>true</IsAttachable><Description>most</Description>"
            + $"{Made}<UpdateDate>2026-01-15T12:01:00Z</UpdateDate><PolicyVersionList>"
            + $"<member><Document>{Uri.EscapeDataString(Push)}</Document><VersionId>v2</VersionId><IsDefaultVersion>true</IsDefaultVersion><CreateDate>2026-01-15T12:01:00Z</CreateDate></member>"
            + $"<member><Document>{Uri.EscapeDataString(Pull)}</Document><VersionId>v1</VersionId><IsDefaultVersion>false</IsDefaultVersion>{Made}</member>"
            + "</PolicyVersionList></member></Policies><IsTruncated>false</IsTruncated>",
            reply.Result);
    }

    [Fact]
    public async Task Of_AWSs_policies_those_in_use_are_shown()
    {
        var reply = await OfAsync("AWSManagedPolicy");

        Assert.Equal(["AmazonEC2ContainerRegistryReadOnly"], reply.All("PolicyName"));
        Assert.Equal(["v3"], reply.All("VersionId"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public async Task Pages_of_any_size_show_everything_once(int size)
    {
        var names = new List<string>();
        string? marker = null;
        do
        {
            var page = await host.DoAsync(Action, marker is null ? ["MaxItems", $"{size}"] : ["MaxItems", $"{size}", "Marker", marker]);
            string[] found = [.. page.All("VersionId"), .. page.All("UserId"), .. page.All("GroupId"), .. page.All("RoleId").Distinct(StringComparer.Ordinal)];
            Assert.InRange(found.Length, 1, size);
            names.AddRange(found.Select(id => id[..2]));
            marker = page["Marker"];
        }
        while (marker is not null);

        Assert.Equal("AG AI AR v1 v3", string.Join(' ', names.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_marker_is_good_for_the_filter_it_was_given_for()
    {
        var first = await host.DoAsync(Action, "MaxItems", "1");

        await host.AssertRefusedAsync(
            400, "ValidationError", "the marker was not given for this listing", Action, "Filter.member.1", "User", "Marker", first["Marker"]!);
    }

    private Task<PeopleReply> OfAsync(string kind) => host.DoAsync(Action, "Filter.member.1", kind);
}
