namespace Berth.Tests.Iam;

public sealed class UserTests : IAsyncLifetime
{
    private PeopleHost host = null!;

    public async ValueTask InitializeAsync() => host = await PeopleHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_user_is_answered_as_it_was_made()
    {
        var made = await host.DoAsync(
            "CreateUser", "UserName", "Alice", "Path", "/eng/", "Tags.member.1.Key", "Team", "Tags.member.1.Value", "red");

        var id = made["UserId"]!;
        Assert.Matches("^AIDA[A-Z2-7]{17}$", id);
        Assert.Equal(
            $"<User><Path>/eng/</Path><UserName>Alice</UserName><UserId>{id}</UserId><Arn>arn:aws:iam::123456789012:user/eng/Alice</Arn>"
            + "<CreateDate>2026-01-15T12:00:00Z</CreateDate><Tags><member><Key>Team</Key><Value>red</Value></member></Tags></User>",
            made.Result);
        Assert.Equal(made.Result, (await host.DoAsync("GetUser", "UserName", "alice")).Result);
        Assert.Equal(
            $"<Users><member><Path>/eng/</Path><UserName>Alice</UserName><UserId>{id}</UserId><Arn>arn:aws:iam::123456789012:user/eng/Alice</Arn>"
            + "<CreateDate>2026-01-15T12:00:00Z</CreateDate></member></Users><IsTruncated>false</IsTruncated>",
            (await host.DoAsync("ListUsers")).Result);
    }

    [Fact]
    public async Task GetUser_without_a_name_tells_of_the_caller()
    {
        var alice = await host.CreateUserAsync("alice", PeopleHost.AllowAll);

        Assert.Equal("alice", (await host.CallAsync(alice, "GetUser"))["UserName"]);
        Assert.Equal(
            "<User><UserId>123456789012</UserId><Arn>arn:aws:iam::123456789012:root</Arn><CreateDate>2026-01-15T12:00:00Z</CreateDate></User>",
            (await host.DoAsync("GetUser")).Result);
    }

    [Fact]
    public async Task A_name_that_is_taken_in_any_case_is_refused()
    {
        await host.DoAsync("CreateUser", "UserName", "alice", "Path", "/eng/");
        await host.DoAsync("CreateUser", "UserName", "bob");

        await host.AssertRefusedAsync(409, "EntityAlreadyExists", "User with name ALICE already exists.", "CreateUser", "UserName", "ALICE");
        await host.AssertRefusedAsync(
            409, "EntityAlreadyExists", "User with name Alice already exists.", "UpdateUser", "UserName", "bob", "NewUserName", "Alice");
    }

    [Theory]
    [InlineData("GetUser")]
    [InlineData("DeleteUser")]
    [InlineData("UpdateUser")]
    [InlineData("ListUserTags")]
    [InlineData("ListGroupsForUser")]
    [InlineData("ListAccessKeys")]
    [InlineData("CreateAccessKey")]
    [InlineData("ListUserPolicies")]
    [InlineData("ListAttachedUserPolicies")]
    public Task A_user_that_is_not_there_is_named(string action) =>
        host.AssertRefusedAsync(404, "NoSuchEntity", "The user with name nobody cannot be found.", action, "UserName", "nobody");

    [Fact]
    public async Task Users_are_listed_by_name_a_page_at_a_time_under_a_path()
    {
        foreach (var (name, path) in new[] { ("c", "/"), ("B", "/x/"), ("a", "/x/y/"), ("d", "/x/") })
        {
            await host.DoAsync("CreateUser", "UserName", name, "Path", path);
        }

        Assert.Equal(["a", "B", "c", "d"], (await host.DoAsync("ListUsers")).All("UserName"));
        var first = await host.DoAsync("ListUsers", "PathPrefix", "/x/", "MaxItems", "2");
        Assert.Equal(["a", "B"], first.All("UserName"));
        Assert.Equal("true", first["IsTruncated"]);
        var second = await host.DoAsync("ListUsers", "PathPrefix", "/x/", "MaxItems", "2", "Marker", first["Marker"]!);
        Assert.Equal(["d"], second.All("UserName"));
        Assert.Equal(("false", null), (second["IsTruncated"], second["Marker"]));
        Assert.Equal("ValidationError", (await host.CallAsync("ListUsers", "Marker", first["Marker"]!))["Code"]);
    }

    [Fact]
    public async Task A_user_keeps_its_id_and_its_keys_under_a_new_name()
    {
        var key = await host.CreateUserAsync("alice", PeopleHost.AllowAll);
        var id = (await host.DoAsync("GetUser", "UserName", "alice"))["UserId"];

        await host.DoAsync("UpdateUser", "UserName", "alice", "NewUserName", "Alicia", "NewPath", "/ops/");

        var who = await host.WhoAsync(key);
        Assert.Equal((200, "arn:aws:iam::123456789012:user/ops/Alicia", id), (who.Status, who["Arn"], who["UserId"]));
        Assert.Equal("Alicia", (await host.CallAsync(key, "GetUser"))["UserName"]);
        await host.AssertRefusedAsync(404, "NoSuchEntity", "The user with name alice cannot be found.", "GetUser", "UserName", "alice");
    }

    [Fact]
    public async Task Nobody_moves_a_user_to_where_they_may_do_nothing()
    {
        var admin = await host.CreateUserAsync(
            "admin",
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:UpdateUser","Resource":"arn:aws:iam::123456789012:user/eng/*"}]}""");
        await host.DoAsync("CreateUser", "UserName", "alice", "Path", "/eng/");

        var refused = await host.CallAsync(admin, "UpdateUser", "UserName", "alice", "NewPath", "/boss/");

        Assert.Equal(
            "User: arn:aws:iam::123456789012:user/admin is not authorized to perform: iam:UpdateUser on resource: "
            + "arn:aws:iam::123456789012:user/boss/alice because no identity-based policy allows the iam:UpdateUser action",
            refused["Message"]);
        Assert.Equal(200, (await host.CallAsync(admin, "UpdateUser", "UserName", "alice", "NewUserName", "anna")).Status);
        Assert.Equal("arn:aws:iam::123456789012:user/eng/anna", (await host.DoAsync("GetUser", "UserName", "anna"))["Arn"]);
    }

    [Fact]
    public async Task A_user_is_deleted_when_nothing_hangs_on_it()
    {
        var (key, _) = await host.CreateUserAsync("alice", PeopleHost.AllowAll);
        await host.DoAsync("CreateGroup", "GroupName", "devs");
        await host.DoAsync("AddUserToGroup", "GroupName", "devs", "UserName", "alice");

        await RefusedForAsync("delete access keys");
        await host.DoAsync("DeleteAccessKey", "UserName", "alice", "AccessKeyId", key);
        await RefusedForAsync("remove users from group");
        await host.DoAsync("RemoveUserFromGroup", "GroupName", "devs", "UserName", "alice");
        await RefusedForAsync("delete policies");
        await host.DoAsync("DeleteUserPolicy", "UserName", "alice", "PolicyName", "p");
        await host.DoAsync("DeleteUser", "UserName", "alice");

        await host.AssertRefusedAsync(404, "NoSuchEntity", "The user with name alice cannot be found.", "GetUser", "UserName", "alice");

        Task RefusedForAsync(string todo) =>
            host.AssertRefusedAsync(409, "DeleteConflict", $"Cannot delete entity, must {todo} first.", "DeleteUser", "UserName", "alice");
    }

    [Fact]
    public async Task Tags_are_added_changed_and_removed_whatever_the_case_of_their_keys()
    {
        await host.DoAsync("CreateUser", "UserName", "alice");
        await host.DoAsync(
            "TagUser", "UserName", "alice", "Tags.member.1.Key", "Team", "Tags.member.1.Value", "red", "Tags.member.2.Key", "b", "Tags.member.2.Value", "");
        await host.DoAsync("TagUser", "UserName", "alice", "Tags.member.1.Key", "TEAM", "Tags.member.1.Value", "blue");

        var first = await host.DoAsync("ListUserTags", "UserName", "alice", "MaxItems", "1");
        Assert.Equal(["b"], first.All("Key"));
        Assert.Equal("true", first["IsTruncated"]);
        var second = await host.DoAsync("ListUserTags", "UserName", "alice", "Marker", first["Marker"]!);
        Assert.Equal("<Tags><member><Key>TEAM</Key><Value>blue</Value></member></Tags><IsTruncated>false</IsTruncated>", second.Result);

        await host.DoAsync("UntagUser", "UserName", "alice", "TagKeys.member.1", "team", "TagKeys.member.2", "none");
        Assert.Equal(["b"], (await host.DoAsync("ListUserTags", "UserName", "alice")).All("Key"));
    }

    [Fact]
    public async Task Tags_that_cannot_be_are_refused()
    {
        await host.DoAsync("CreateUser", "UserName", "alice");

        await host.AssertRefusedAsync(
            400, "InvalidInput", "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
            "TagUser", "UserName", "alice", "Tags.member.1.Key", "a", "Tags.member.1.Value", "1", "Tags.member.2.Key", "A", "Tags.member.2.Value", "2");
        await host.AssertRefusedAsync(
            400, "InvalidInput", "tag keys that begin with 'aws:' are reserved",
            "TagUser", "UserName", "alice", "Tags.member.1.Key", "aws:a", "Tags.member.1.Value", "1");
    }

    [Fact]
    public async Task A_user_made_with_tags_needs_the_permission_to_tag()
    {
        var maker = await host.CreateUserAsync(
            "maker", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:CreateUser","Resource":"*"}]}""");

        var refused = await host.CallAsync(maker, "CreateUser", "UserName", "a", "Tags.member.1.Key", "k", "Tags.member.1.Value", "v");

        Assert.Contains("is not authorized to perform: iam:TagUser on resource: arn:aws:iam::123456789012:user/a ", refused["Message"], StringComparison.Ordinal);
        Assert.Equal(200, (await host.CallAsync(maker, "CreateUser", "UserName", "a")).Status);
    }

    [Fact]
    public async Task Users_can_be_made_with_a_certain_boundary_only()
    {
        var maker = await host.CreateUserAsync(
            "maker",
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:CreateUser","Resource":"*",
             "Condition":{"StringEquals":{"iam:PermissionsBoundary":"arn:aws:iam::123456789012:policy/limit"}}}]}
            """);

        Assert.Equal("AccessDenied", (await host.CallAsync(maker, "CreateUser", "UserName", "a"))["Code"]);
        var allowed = await host.CallAsync(maker, "CreateUser", "UserName", "a", "PermissionsBoundary", "arn:aws:iam::123456789012:policy/limit");
        Assert.Equal(
            ("NoSuchEntity", "Scope ARN: arn:aws:iam::123456789012:policy/limit does not exist or is not attachable."),
            (allowed["Code"], allowed["Message"]));
    }
}
