namespace Berth.Tests.Iam;

public sealed class InstanceProfileTests : IAsyncLifetime
{
    private IamHost iam = null!;

    public async ValueTask InitializeAsync()
    {
        iam = await IamHost.StartAsync();
        foreach (var role in new[] { "machine", "other" })
        {
            await iam.DoAsync(
                "CreateRole",
                ("RoleName", role),
                ("AssumeRolePolicyDocument", """{"Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}"""));
        }
    }

    public ValueTask DisposeAsync() => iam.DisposeAsync();

    [Fact]
    public async Task A_profile_shows_its_role()
    {
        var made = await iam.DoAsync("CreateInstanceProfile", ("InstanceProfileName", "node"), ("Path", "/ci/"));
        await iam.DoAsync("AddRoleToInstanceProfile", ("InstanceProfileName", "node"), ("RoleName", "machine"));

        Assert.Equal(
            "<InstanceProfile><Path>/ci/</Path><InstanceProfileName>node</InstanceProfileName>"
            + $"<InstanceProfileId>{made.Get("InstanceProfileId")}</InstanceProfileId><Arn>arn:aws:iam::123456789012:instance-profile/ci/node</Arn>"
            + "<CreateDate>2026-01-15T12:00:00Z</CreateDate><Roles /><Tags /></InstanceProfile>",
            made.Result);
        Assert.Matches("^AIPA[A-Z0-9]{17}$", made.Get("InstanceProfileId"));
        Assert.Equal("machine", (await iam.DoAsync("GetInstanceProfile", ("InstanceProfileName", "node"))).Get("RoleName"));
        Assert.Equal(["node"], (await iam.DoAsync("ListInstanceProfiles")).All("InstanceProfileName"));
        Assert.Equal(["node"], (await iam.DoAsync("ListInstanceProfilesForRole", ("RoleName", "machine"))).All("InstanceProfileName"));
        Assert.Empty((await iam.DoAsync("ListInstanceProfilesForRole", ("RoleName", "other"))).All("InstanceProfileName"));
    }

    [Fact]
    public async Task A_profile_has_one_role_at_most()
    {
        await iam.DoAsync("CreateInstanceProfile", ("InstanceProfileName", "node"));
        await iam.DoAsync("AddRoleToInstanceProfile", ("InstanceProfileName", "node"), ("RoleName", "machine"));

        await iam.AssertRefusedAsync(
            "AddRoleToInstanceProfile",
            (409, "LimitExceeded", "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1"),
            ("InstanceProfileName", "node"),
            ("RoleName", "other"));
    }

    [Fact]
    public async Task Neither_profile_nor_role_is_deleted_while_they_hang_together()
    {
        var inUse = (409, "DeleteConflict", "Cannot delete entity, must remove roles from instance profile first.");
        await iam.DoAsync("CreateInstanceProfile", ("InstanceProfileName", "node"));
        await iam.DoAsync("AddRoleToInstanceProfile", ("InstanceProfileName", "node"), ("RoleName", "machine"));

        await iam.AssertRefusedAsync("DeleteInstanceProfile", inUse, ("InstanceProfileName", "node"));
        await iam.AssertRefusedAsync("DeleteRole", inUse, ("RoleName", "machine"));
        await iam.AssertRefusedAsync(
            "RemoveRoleFromInstanceProfile",
            (404, "NoSuchEntity", "The role with name other cannot be found."),
            ("InstanceProfileName", "node"),
            ("RoleName", "other"));

        await iam.DoAsync("RemoveRoleFromInstanceProfile", ("InstanceProfileName", "node"), ("RoleName", "machine"));
        await iam.DoAsync("DeleteInstanceProfile", ("InstanceProfileName", "node"));
        await iam.DoAsync("DeleteRole", ("RoleName", "machine"));
        await iam.AssertRefusedAsync(
            "GetInstanceProfile",
            (404, "NoSuchEntity", "Instance Profile node cannot be found."),
            ("InstanceProfileName", "node"));
    }

    [Fact]
    public async Task A_profiles_tags_come_page_by_page()
    {
        await iam.DoAsync(
            "CreateInstanceProfile", ("InstanceProfileName", "node"), ("Tags.member.1.Key", "b"), ("Tags.member.1.Value", "2"));
        await iam.DoAsync("TagInstanceProfile", ("InstanceProfileName", "node"), ("Tags.member.1.Key", "A"), ("Tags.member.1.Value", "1"));

        var first = await iam.DoAsync("ListInstanceProfileTags", ("InstanceProfileName", "node"), ("MaxItems", "1"));
        var second = await iam.DoAsync("ListInstanceProfileTags", ("InstanceProfileName", "node"), ("MaxItems", "1"), ("Marker", first.Get("Marker")));

        Assert.Equal(["A"], first.All("Key"));
        Assert.Equal(["b"], second.All("Key"));
        await iam.DoAsync("UntagInstanceProfile", ("InstanceProfileName", "node"), ("TagKeys.member.1", "a"));
        Assert.Equal(["b"], (await iam.DoAsync("ListInstanceProfileTags", ("InstanceProfileName", "node"))).All("Key"));
    }
}
