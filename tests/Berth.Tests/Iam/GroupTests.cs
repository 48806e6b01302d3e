namespace Berth.Tests.Iam;

public sealed class GroupTests : IAsyncLifetime
{
    private PeopleHost host = null!;

    public async ValueTask InitializeAsync() => host = await PeopleHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_group_is_answered_as_it_was_made()
    {
        var made = await host.DoAsync("CreateGroup", "GroupName", "devs", "Path", "/eng/");

        var id = made["GroupId"];
        Assert.Matches("^AGPA[A-Z2-7]{17}$", id);
        var group = $"<Path>/eng/</Path><GroupName>devs</GroupName><GroupId>{id}</GroupId>"
            + "<Arn>arn:aws:iam::123456789012:group/eng/devs</Arn><CreateDate>2026-01-15T12:00:00Z</CreateDate>";
        Assert.Equal($"<Group>{group}</Group>", made.Result);
        Assert.Equal($"<Group>{group}</Group><Users /><IsTruncated>false</IsTruncated>", (await host.DoAsync("GetGroup", "GroupName", "devs")).Result);
        Assert.Equal($"<Groups><member>{group}</member></Groups><IsTruncated>false</IsTruncated>", (await host.DoAsync("ListGroups")).Result);
        await host.AssertRefusedAsync(409, "EntityAlreadyExists", "Group with name Devs already exists.", "CreateGroup", "GroupName", "Devs");
    }

    [Fact]
    public async Task Users_may_what_their_group_may_from_the_moment_they_are_in_it()
    {
        var alice = await host.CreateUserAsync("alice");
        await host.DoAsync("CreateGroup", "GroupName", "devs");
        await host.DoAsync("PutGroupPolicy", "GroupName", "devs", "PolicyName", "all", "PolicyDocument", PeopleHost.AllowAll);
        Assert.Equal(403, (await host.CallAsync(alice, "ListUsers")).Status);

        await host.DoAsync("AddUserToGroup", "GroupName", "devs", "UserName", "alice");
        await host.DoAsync("AddUserToGroup", "GroupName", "devs", "UserName", "alice");
        Assert.Equal(200, (await host.CallAsync(alice, "ListUsers")).Status);

        await host.DoAsync("UpdateGroup", "GroupName", "devs", "NewGroupName", "engineers");
        Assert.Equal(["engineers"], (await host.CallAsync(alice, "ListGroupsForUser", "UserName", "alice")).All("GroupName"));

        await host.DoAsync("RemoveUserFromGroup", "GroupName", "engineers", "UserName", "alice");
        Assert.Equal(403, (await host.CallAsync(alice, "ListUsers")).Status);
        await host.AssertRefusedAsync(
            404, "NoSuchEntity", "the user 'alice' is not in the group 'engineers'", "RemoveUserFromGroup", "GroupName", "engineers", "UserName", "alice");
    }

    [Fact]
    public async Task Users_of_a_group_and_groups_of_a_user_come_in_pages()
    {
        foreach (var name in new[] { "c", "A", "b" })
        {
            await host.DoAsync("CreateUser", "UserName", name);
            await host.DoAsync("CreateGroup", "GroupName", "g" + name);
            await host.DoAsync("AddUserToGroup", "GroupName", "gc", "UserName", name);
        }

        await host.DoAsync("AddUserToGroup", "GroupName", "gA", "UserName", "c");

        var first = await host.DoAsync("GetGroup", "GroupName", "gc", "MaxItems", "2");
        Assert.Equal(["A", "b"], first.All("UserName"));
        Assert.Equal(["c"], (await host.DoAsync("GetGroup", "GroupName", "gc", "Marker", first["Marker"]!)).All("UserName"));
        var groups = await host.DoAsync("ListGroupsForUser", "UserName", "c", "MaxItems", "1");
        Assert.Equal(["gA"], groups.All("GroupName"));
        Assert.Equal(["gc"], (await host.DoAsync("ListGroupsForUser", "UserName", "c", "Marker", groups["Marker"]!)).All("GroupName"));
        Assert.Equal(["gA", "gb", "gc"], (await host.DoAsync("ListGroups")).All("GroupName"));
    }

    [Fact]
    public async Task A_user_is_in_ten_groups_at_most()
    {
        await host.DoAsync("CreateUser", "UserName", "alice");
        foreach (var number in Enumerable.Range(1, 11))
        {
            await host.DoAsync("CreateGroup", "GroupName", $"g{number}");
            if (number <= 10)
            {
                await host.DoAsync("AddUserToGroup", "GroupName", $"g{number}", "UserName", "alice");
            }
        }

        await host.AssertRefusedAsync(
            409, "LimitExceeded", "Cannot exceed quota for GroupsPerUser: 10", "AddUserToGroup", "GroupName", "g11", "UserName", "alice");
    }

    [Fact]
    public async Task A_group_with_users_or_policies_is_not_deleted()
    {
        await host.DoAsync("CreateUser", "UserName", "alice");
        await host.DoAsync("CreateGroup", "GroupName", "devs");
        await host.DoAsync("AddUserToGroup", "GroupName", "devs", "UserName", "alice");
        await host.DoAsync("PutGroupPolicy", "GroupName", "devs", "PolicyName", "all", "PolicyDocument", PeopleHost.AllowAll);

        await RefusedForAsync("remove users from group");
        await host.DoAsync("RemoveUserFromGroup", "GroupName", "devs", "UserName", "alice");
        await RefusedForAsync("delete policies");
        await host.DoAsync("DeleteGroupPolicy", "GroupName", "devs", "PolicyName", "all");
        await host.DoAsync("DeleteGroup", "GroupName", "devs");
        await host.AssertRefusedAsync(404, "NoSuchEntity", "The group with name devs cannot be found.", "GetGroup", "GroupName", "devs");

        Task RefusedForAsync(string todo) =>
            host.AssertRefusedAsync(409, "DeleteConflict", $"Cannot delete entity, must {todo} first.", "DeleteGroup", "GroupName", "devs");
    }
}
