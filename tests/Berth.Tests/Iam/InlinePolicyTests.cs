namespace Berth.Tests.Iam;

public sealed class InlinePolicyTests : IAsyncLifetime
{
    private const string Trust =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}]}""";

    private PeopleHost host = null!;

    public static TheoryData<string> Kinds => ["User", "Group", "Role"];

    public async ValueTask InitializeAsync()
    {
        host = await PeopleHost.StartAsync();
        await host.DoAsync("CreateUser", "UserName", "x");
        await host.DoAsync("CreateGroup", "GroupName", "x");
        await host.DoAsync("CreateRole", "RoleName", "x", "AssumeRolePolicyDocument", Trust);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_policy_is_answered_as_it_was_put(string kind)
    {
        const string document = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:*","Resource":"*"}}  """;
        await host.DoAsync($"Put{kind}Policy", $"{kind}Name", "x", "PolicyName", "b", "PolicyDocument", PeopleHost.AllowAll);
        await host.DoAsync($"Put{kind}Policy", $"{kind}Name", "x", "PolicyName", "b", "PolicyDocument", document);
        await host.DoAsync($"Put{kind}Policy", $"{kind}Name", "x", "PolicyName", "a", "PolicyDocument", PeopleHost.AllowAll);

        Assert.Equal(
            $"<{kind}Name>x</{kind}Name><PolicyName>b</PolicyName><PolicyDocument>%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B"
            + "%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22ecr%3A%2A%22%2C%22Resource%22%3A%22%2A%22%7D%7D%20%20</PolicyDocument>",
            (await host.DoAsync($"Get{kind}Policy", $"{kind}Name", "x", "PolicyName", "b")).Result);
        var first = await host.DoAsync($"List{kind}Policies", $"{kind}Name", "x", "MaxItems", "1");
        Assert.Equal(["a"], first.All("PolicyNames"));
        Assert.Equal(
            "<PolicyNames><member>b</member></PolicyNames><IsTruncated>false</IsTruncated>",
            (await host.DoAsync($"List{kind}Policies", $"{kind}Name", "x", "Marker", first["Marker"]!)).Result);

        await host.DoAsync($"Delete{kind}Policy", $"{kind}Name", "x", "PolicyName", "b");
        foreach (var action in new[] { $"Get{kind}Policy", $"Delete{kind}Policy" })
        {
            await host.AssertRefusedAsync(
                404, "NoSuchEntity", $"The {kind.ToLowerInvariant()} policy with name b cannot be found.", action, $"{kind}Name", "x", "PolicyName", "b");
        }
    }

    [Theory]
    [InlineData("User", 2048)]
    [InlineData("Group", 5120)]
    [InlineData("Role", 10_240)]
    public async Task White_space_does_not_count_and_everything_else_does_over_all_policies(string kind, int most)
    {
        var smaller = PeopleHost.AllowAll.Length;
        await host.DoAsync($"Put{kind}Policy", $"{kind}Name", "x", "PolicyName", "a", "PolicyDocument", PeopleHost.AllowAll);
        await host.DoAsync($"Put{kind}Policy", $"{kind}Name", "x", "PolicyName", "b", "PolicyDocument", Document(most - smaller));

        await host.AssertRefusedAsync(
            409, "LimitExceeded", $"Maximum policy size of {most} bytes exceeded for {kind.ToLowerInvariant()} x",
            $"Put{kind}Policy", $"{kind}Name", "x", "PolicyName", "b", "PolicyDocument", Document(most - smaller + 1));

        static string Document(int length)
        {
            const string frame = """{"Version":"2012-10-17","Statement":[{"Sid":"","Effect":"Allow","Action":"*","Resource":"*"}]}""";
            return frame.Replace("\"Sid\":\"", $"{new string(' ', 12_000)}\"Sid\":\"{new string('a', length - frame.Length)}", StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{", "This policy contains invalid Json")]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}""", null)]
    public async Task What_is_no_policy_of_an_identity_is_refused(string document, string? message)
    {
        var reply = await host.CallAsync("PutUserPolicy", "UserName", "x", "PolicyName", "p", "PolicyDocument", document);

        Assert.Equal((400, "MalformedPolicyDocument"), (reply.Status, reply["Code"]));
        Assert.Equal(message ?? reply["Message"], reply["Message"]);
        Assert.Empty((await host.DoAsync("ListUserPolicies", "UserName", "x")).All("member"));
    }

    [Fact]
    public async Task What_a_policy_says_holds_at_once_and_no_longer_than_it_is_there()
    {
        var key = await host.CreateKeyAsync("x");
        Assert.Equal(403, (await host.CallAsync(key, "ListUsers")).Status);
        await host.DoAsync("PutUserPolicy", "UserName", "x", "PolicyName", "p", "PolicyDocument", PeopleHost.AllowAll);
        Assert.Equal(200, (await host.CallAsync(key, "ListUsers")).Status);
        await host.DoAsync("DeleteUserPolicy", "UserName", "x", "PolicyName", "p");
        Assert.Equal(403, (await host.CallAsync(key, "ListUsers")).Status);
    }
}
