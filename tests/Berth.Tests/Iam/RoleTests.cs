namespace Berth.Tests.Iam;

public sealed class RoleTests : IAsyncLifetime
{
    private const string Trust =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}]}""";

    private const string EncodedTrust =
        "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%7B%22AWS%22%3A"
        + "%22123456789012%22%7D%2C%22Action%22%3A%22sts%3AAssumeRole%22%7D%5D%7D";

    private IamHost iam = null!;

    public async ValueTask InitializeAsync() => iam = await IamHost.StartAsync();

    public ValueTask DisposeAsync() => iam.DisposeAsync();

    [Fact]
    public async Task A_role_is_answered_with_all_that_was_asked_for()
    {
        var made = await iam.DoAsync(
            "CreateRole",
            ("RoleName", "builder"),
            ("Path", "/ci/"),
            ("AssumeRolePolicyDocument", Trust),
            ("Description", "builds"),
            ("MaxSessionDuration", "7200"),
            ("Tags.member.1.Key", "team"),
            ("Tags.member.1.Value", "blue"));

        var role = "<Role><Path>/ci/</Path><RoleName>builder</RoleName>"
            + $"<RoleId>{made.Get("RoleId")}</RoleId><Arn>arn:aws:iam::123456789012:role/ci/builder</Arn>"
            + $"<CreateDate>2026-01-15T12:00:00Z</CreateDate><AssumeRolePolicyDocument>{EncodedTrust}</AssumeRolePolicyDocument>"
            + "<Description>builds</Description><MaxSessionDuration>7200</MaxSessionDuration>"
            + "<Tags><member><Key>team</Key><Value>blue</Value></member></Tags>";
        Assert.Matches("^AROA[A-Z0-9]{17}$", made.Get("RoleId"));
        Assert.Equal(role + "</Role>", made.Result);
        Assert.Equal(role + "<RoleLastUsed /></Role>", (await iam.DoAsync("GetRole", ("RoleName", "BUILDER"))).Result);
    }

    [Fact]
    public async Task A_name_is_taken_whatever_its_case()
    {
        await CreateAsync("builder");

        await iam.AssertRefusedAsync(
            "CreateRole",
            (409, "EntityAlreadyExists", "Role with name Builder already exists."),
            ("RoleName", "Builder"),
            ("AssumeRolePolicyDocument", Trust));
    }

    [Fact]
    public async Task A_role_that_is_not_there_is_not_found()
    {
        var missing = (404, "NoSuchEntity", "The role with name nobody cannot be found.");

        await iam.AssertRefusedAsync("GetRole", missing, ("RoleName", "nobody"));
        await iam.AssertRefusedAsync("UpdateRole", missing, ("RoleName", "nobody"));
        await iam.AssertRefusedAsync("UpdateAssumeRolePolicy", missing, ("RoleName", "nobody"), ("PolicyDocument", Trust));
        await iam.AssertRefusedAsync("DeleteRole", missing, ("RoleName", "nobody"));
    }

    [Fact]
    public async Task Listings_go_page_by_page_in_the_order_of_names()
    {
        foreach (var name in new[] { "c", "A", "b" })
        {
            await CreateAsync(name);
        }

        await CreateAsync("d", "/ops/");

        var first = await iam.DoAsync("ListRoles", ("MaxItems", "2"));
        var second = await iam.DoAsync("ListRoles", ("MaxItems", "2"), ("Marker", first.Get("Marker")));

        Assert.Equal(["A", "b"], first.All("RoleName"));
        Assert.Equal("true", first.Get("IsTruncated"));
        Assert.Equal(["c", "d"], second.All("RoleName"));
        Assert.Equal("false", second.Get("IsTruncated"));
        Assert.Null(second.Find("Marker"));
        Assert.Equal(["d"], (await iam.DoAsync("ListRoles", ("PathPrefix", "/o"))).All("RoleName"));
        await iam.AssertRefusedAsync(
            "ListRoles",
            (400, "ValidationError", "the marker was not given for this listing"),
            ("PathPrefix", "/other"),
            ("Marker", first.Get("Marker")));
    }

    [Fact]
    public async Task What_an_update_does_not_name_stays()
    {
        await CreateAsync("builder");

        await iam.DoAsync("UpdateRole", ("RoleName", "builder"), ("Description", "builds"));
        await iam.DoAsync("UpdateRole", ("RoleName", "builder"), ("MaxSessionDuration", "43200"));
        var described = await iam.DoAsync("UpdateRoleDescription", ("RoleName", "builder"), ("Description", ""));

        Assert.Equal(("", "43200"), (described.Get("Description"), described.Get("MaxSessionDuration")));
    }

    [Fact]
    public async Task A_trust_may_name_who_is_there_only()
    {
        const string Unknown = """{"Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:role/nobody"},"Action":"sts:AssumeRole"}}""";
        var refused = (400, "MalformedPolicyDocument", "Invalid principal in policy: \"AWS\":\"arn:aws:iam::123456789012:role/nobody\"");
        await CreateAsync("builder");

        await iam.AssertRefusedAsync("CreateRole", refused, ("RoleName", "other"), ("AssumeRolePolicyDocument", Unknown));
        await iam.AssertRefusedAsync("UpdateAssumeRolePolicy", refused, ("RoleName", "builder"), ("PolicyDocument", Unknown));
    }

    [Fact]
    public async Task A_trust_shows_those_it_names_by_their_ARNs_and_by_their_ids_once_they_are_gone()
    {
        var builder = (await CreateAsync("builder")).Get("RoleId");
        await CreateAsync("deployer", trust: Trusting("arn:aws:iam::123456789012:role/builder"));

        Assert.Equal(Trusting("arn:aws:iam::123456789012:role/builder"), await TrustOfAsync("deployer"));

        await iam.DoAsync("DeleteRole", ("RoleName", "builder"));
        var again = (await CreateAsync("builder")).Get("RoleId");

        Assert.NotEqual(builder, again, StringComparer.Ordinal);
        Assert.Equal(Trusting(builder), await TrustOfAsync("deployer"));
    }

    [Fact]
    public async Task A_path_of_services_is_not_for_people() => await iam.AssertRefusedAsync(
        "CreateRole",
        (400, "InvalidInput", "the path '/aws-service-role/' is for roles that CreateServiceLinkedRole makes"),
        ("RoleName", "builder"),
        ("Path", "/aws-service-role/ecr.amazonaws.com/"),
        ("AssumeRolePolicyDocument", Trust));

    [Fact]
    public async Task A_session_shorter_than_an_hour_is_no_limit() => await iam.AssertRefusedAsync(
        "CreateRole",
        (
            400,
            "ValidationError",
            "1 validation error detected: Value '3599' at 'maxSessionDuration' failed to satisfy constraint: "
                + "Member must have value greater than or equal to 3600"),
        ("RoleName", "builder"),
        ("MaxSessionDuration", "3599"),
        ("AssumeRolePolicyDocument", Trust));

    private static string Trusting(string principal) =>
        Trust.Replace("\"123456789012\"", $"\"{principal}\"", StringComparison.Ordinal);

    private async Task<string> TrustOfAsync(string role) =>
        Uri.UnescapeDataString((await iam.DoAsync("GetRole", ("RoleName", role))).Get("AssumeRolePolicyDocument"));

    private Task<IamReply> CreateAsync(string name, string path = "/", string trust = Trust) =>
        iam.DoAsync("CreateRole", ("RoleName", name), ("Path", path), ("AssumeRolePolicyDocument", trust));
}
