namespace Berth.Tests.Iam;

public sealed class PolicyTests : IAsyncLifetime
{
    private const string Arn = "arn:aws:iam::123456789012:policy/team/pull";
    private const string Pull = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:BatchGetImage","Resource":"*"}]}""";
    private const string Push = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:PutImage","Resource":"*"}]}""";
    private const string ReadOnly = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly";

    private IamHost iam = null!;

    public async ValueTask InitializeAsync() => iam = await IamHost.StartAsync();

    public ValueTask DisposeAsync() => iam.DisposeAsync();

    [Fact]
    public async Task A_policy_is_answered_with_all_that_was_asked_for()
    {
        var made = await iam.DoAsync(
            "CreatePolicy",
            ("PolicyName", "pull"),
            ("Path", "/team/"),
            ("PolicyDocument", Pull),
            ("Description", "pulls"),
            ("Tags.member.1.Key", "team"),
            ("Tags.member.1.Value", "blue"));

        var policy = $"<Policy><PolicyName>pull</PolicyName><PolicyId>{made.Get("PolicyId")}</PolicyId><Arn>{Arn}</Arn><Path>/team/</Path>"
            + "<DefaultVersionId>v1</DefaultVersionId><AttachmentCount>0</AttachmentCount>"
            + "<PermissionsBoundaryUsageCount>0</PermissionsBoundaryUsageCount><IsAttachable>true</IsAttachable><Description>pulls</Description>"
            + "<CreateDate>2026-01-15T12:00:00Z</CreateDate><UpdateDate>2026-01-15T12:00:00Z</UpdateDate>"
            + "<Tags><member><Key>team</Key><Value>blue</Value></member></Tags></Policy>";
        Assert.Matches("^ANPA[A-Z0-9]{17}$", made.Get("PolicyId"));
        Assert.Equal(policy, made.Result);
        Assert.Equal(policy, (await iam.DoAsync("GetPolicy", ("PolicyArn", Arn))).Result);
        await iam.AssertRefusedAsync(
            "CreatePolicy",
            (409, "EntityAlreadyExists", "Policy with name Pull already exists."),
            ("PolicyName", "Pull"),
            ("PolicyDocument", Pull));
    }

    [Fact]
    public async Task Who_has_a_policy_keeps_it_from_being_deleted()
    {
        var attached = (409, "DeleteConflict", "Cannot delete a policy attached to entities.");
        await CreateAsync();
        await CreateRoleAsync("builder", Arn);

        Assert.Equal("1", (await iam.DoAsync("GetPolicy", ("PolicyArn", Arn))).Get("PermissionsBoundaryUsageCount"));
        await iam.AssertRefusedAsync("DeletePolicy", attached, ("PolicyArn", Arn));
        var users = await iam.DoAsync("ListEntitiesForPolicy", ("PolicyArn", Arn));
        Assert.Equal(["builder"], users.All("RoleName"));
        Assert.Empty((await iam.DoAsync("ListEntitiesForPolicy", ("PolicyArn", Arn), ("PolicyUsageFilter", "PermissionsPolicy"))).All("RoleName"));
        Assert.Empty((await iam.DoAsync("ListEntitiesForPolicy", ("PolicyArn", Arn), ("EntityFilter", "User"))).All("RoleName"));

        await iam.DoAsync("DeleteRolePermissionsBoundary", ("RoleName", "builder"));
        await iam.DoAsync("DeletePolicy", ("PolicyArn", Arn));
        await iam.AssertRefusedAsync("GetPolicy", (404, "NoSuchEntity", $"Policy {Arn} was not found."), ("PolicyArn", Arn));
    }

    [Fact]
    public async Task A_policy_has_five_versions_and_its_numbers_are_not_used_again()
    {
        await CreateAsync();
        foreach (var expected in new[] { "v2", "v3", "v4", "v5" })
        {
            Assert.Equal(expected, (await AddVersionAsync()).Get("VersionId"));
        }

        await iam.AssertRefusedAsync(
            "CreatePolicyVersion",
            (
                409,
                "LimitExceeded",
                "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version."),
            ("PolicyArn", Arn),
            ("PolicyDocument", Push));
        await iam.AssertRefusedAsync(
            "DeletePolicy",
            (
                409,
                "DeleteConflict",
                "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. "
                    + "The default version is deleted with the policy."),
            ("PolicyArn", Arn));
        await iam.AssertRefusedAsync(
            "DeletePolicyVersion",
            (409, "DeleteConflict", "Cannot delete the default version of a policy."),
            ("PolicyArn", Arn),
            ("VersionId", "v1"));
        await iam.DoAsync("DeletePolicyVersion", ("PolicyArn", Arn), ("VersionId", "v5"));

        Assert.Equal("v6", (await AddVersionAsync()).Get("VersionId"));
        var first = await iam.DoAsync("ListPolicyVersions", ("PolicyArn", Arn), ("MaxItems", "3"));
        var second = await iam.DoAsync("ListPolicyVersions", ("PolicyArn", Arn), ("MaxItems", "3"), ("Marker", first.Get("Marker")));
        Assert.Equal(["v6", "v4", "v3"], first.All("VersionId"));
        Assert.Equal(["v2", "v1"], second.All("VersionId"));
    }

    [Fact]
    public async Task Another_default_version_is_the_policy_from_then_on()
    {
        await CreateAsync();
        await iam.DoAsync("CreatePolicyVersion", ("PolicyArn", Arn), ("PolicyDocument", Push));

        Assert.Equal(
            "<PolicyVersion><Document>%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22"
            + "%3A%22ecr%3APutImage%22%2C%22Resource%22%3A%22%2A%22%7D%5D%7D</Document><VersionId>v2</VersionId>"
            + "<IsDefaultVersion>false</IsDefaultVersion><CreateDate>2026-01-15T12:00:00Z</CreateDate></PolicyVersion>",
            (await iam.DoAsync("GetPolicyVersion", ("PolicyArn", Arn), ("VersionId", "v2"))).Result);

        await iam.DoAsync("SetDefaultPolicyVersion", ("PolicyArn", Arn), ("VersionId", "v2"));

        Assert.Equal("v2", (await iam.DoAsync("GetPolicy", ("PolicyArn", Arn))).Get("DefaultVersionId"));
        await iam.AssertRefusedAsync(
            "SetDefaultPolicyVersion",
            (404, "NoSuchEntity", $"Policy {Arn} version v9 does not exist or is not attachable."),
            ("PolicyArn", Arn),
            ("VersionId", "v9"));
    }

    [Fact]
    public async Task Policies_of_AWS_are_there_in_every_partition_and_nobody_changes_them()
    {
        var shown = await iam.DoAsync("GetPolicy", ("PolicyArn", ReadOnly));

        Assert.Equal(
            ("AmazonEC2ContainerRegistryReadOnly", "v3", "2019-12-10T20:56:32Z"),
            (shown.Get("PolicyName"), shown.Get("DefaultVersionId"), shown.Get("UpdateDate")));
        Assert.Equal(ReadOnly, (await iam.DoAsync("GetPolicy", ("PolicyArn", ReadOnly.Replace("arn:aws:", "arn:aws-cn:", StringComparison.Ordinal)))).Get("Arn"));
        Assert.Contains(
            "ecr:DescribeImageScanFindings",
            Uri.UnescapeDataString((await iam.DoAsync("GetPolicyVersion", ("PolicyArn", ReadOnly), ("VersionId", "v3"))).Get("Document")),
            StringComparison.Ordinal);
        var refused = (400, "InvalidInput", $"the policy '{ReadOnly}' is changed by AWS alone");
        await iam.AssertRefusedAsync("DeletePolicy", refused, ("PolicyArn", ReadOnly));
        await iam.AssertRefusedAsync("CreatePolicyVersion", refused, ("PolicyArn", ReadOnly), ("PolicyDocument", Push));
        await iam.AssertRefusedAsync("TagPolicy", refused, ("PolicyArn", ReadOnly), ("Tags.member.1.Key", "a"), ("Tags.member.1.Value", "b"));
    }

    [Fact]
    public async Task Listings_show_whose_policies_are_asked_for_page_by_page()
    {
        await CreateAsync();
        await iam.DoAsync("CreatePolicy", ("PolicyName", "amazonEC2ContainerRegistryReadOnly"), ("PolicyDocument", Pull));

        Assert.Equal(["amazonEC2ContainerRegistryReadOnly", "pull"], (await iam.DoAsync("ListPolicies", ("Scope", "Local"))).All("PolicyName"));
        Assert.Equal(["pull"], (await iam.DoAsync("ListPolicies", ("PathPrefix", "/team/"))).All("PolicyName"));
        Assert.Equal(
            ["AWSAppRunnerServicePolicyForECRAccess", "AmazonECSTaskExecutionRolePolicy"],
            (await iam.DoAsync("ListPolicies", ("PathPrefix", "/service-role/"))).All("PolicyName").Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        var all = new List<string>();
        IamReply page;
        string? marker = null;
        do
        {
            page = await iam.DoAsync("ListPolicies", marker is null ? [("MaxItems", "3")] : [("MaxItems", "3"), ("Marker", marker)]);
            all.AddRange(page.All("Arn"));
            marker = page.Find("Marker");
        }
        while (marker is not null);

        Assert.Equal(16, all.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(16, all.Count);
        var after = all.SkipWhile(arn => !string.Equals(arn, ReadOnly, StringComparison.Ordinal)).Skip(1).First();
        Assert.Equal("arn:aws:iam::123456789012:policy/amazonEC2ContainerRegistryReadOnly", after);
    }

    [Fact]
    public async Task Listings_can_be_of_policies_in_use_only()
    {
        await CreateAsync();
        await CreateRoleAsync("builder", Arn);
        await iam.DoAsync("CreateServiceLinkedRole", ("AWSServiceName", "replication.ecr.amazonaws.com"));

        Assert.Equal(["ECRReplicationServiceRolePolicy"], (await iam.DoAsync("ListPolicies", ("OnlyAttached", "true"))).All("PolicyName"));
        Assert.Equal(["pull"], (await iam.DoAsync("ListPolicies", ("PolicyUsageFilter", "PermissionsBoundary"))).All("PolicyName"));
    }

    [Fact]
    public async Task Tags_are_added_changed_listed_and_taken_away()
    {
        await CreateAsync();

        await iam.DoAsync("TagPolicy", ("PolicyArn", Arn), ("Tags.member.1.Key", "a"), ("Tags.member.1.Value", "1"), ("Tags.member.2.Key", "B"), ("Tags.member.2.Value", ""));
        await iam.DoAsync("TagPolicy", ("PolicyArn", Arn), ("Tags.member.1.Key", "A"), ("Tags.member.1.Value", "2"));

        Assert.Equal(
            "<Tags><member><Key>A</Key><Value>2</Value></member><member><Key>B</Key><Value></Value></member></Tags><IsTruncated>false</IsTruncated>",
            (await iam.DoAsync("ListPolicyTags", ("PolicyArn", Arn))).Result);
        await iam.DoAsync("UntagPolicy", ("PolicyArn", Arn), ("TagKeys.member.1", "a"), ("TagKeys.member.2", "other"));
        Assert.Equal(["B"], (await iam.DoAsync("ListPolicyTags", ("PolicyArn", Arn))).All("Key"));
    }

    [Theory]
    [InlineData("GetPolicy")]
    [InlineData("DeletePolicy")]
    [InlineData("ListPolicyVersions")]
    [InlineData("ListEntitiesForPolicy")]
    public async Task What_is_no_ARN_is_not_looked_for(string operation) => await iam.AssertRefusedAsync(
        operation,
        (400, "ValidationError", "Invalid ARN:  Could not be parsed!"),
        ("PolicyArn", "this-is-not-an-arn-at-all"));

    private Task<IamReply> CreateAsync() =>
        iam.DoAsync("CreatePolicy", ("PolicyName", "pull"), ("Path", "/team/"), ("PolicyDocument", Pull));

    private Task<IamReply> AddVersionAsync() => iam.DoAsync("CreatePolicyVersion", ("PolicyArn", Arn), ("PolicyDocument", Push));

    private Task<IamReply> CreateRoleAsync(string name, string boundary) => iam.DoAsync(
        "CreateRole",
        ("RoleName", name),
        ("PermissionsBoundary", boundary),
        ("AssumeRolePolicyDocument", """{"Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}"""));
}
