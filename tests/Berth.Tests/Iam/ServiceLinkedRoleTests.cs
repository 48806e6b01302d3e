namespace Berth.Tests.Iam;

public sealed class ServiceLinkedRoleTests : IAsyncLifetime
{
    private const string Replication = "AWSServiceRoleForECRReplication";

    private static readonly (int, string, string) Protected =
        (400, "UnmodifiableEntity", $"Cannot perform the operation on the protected role '{Replication}' - this role is only modifiable by AWS");

    private IamHost iam = null!;

    public async ValueTask InitializeAsync() => iam = await IamHost.StartAsync();

    public ValueTask DisposeAsync() => iam.DisposeAsync();

    [Theory]
    [InlineData("pullthroughcache.ecr.amazonaws.com", "AWSServiceRoleForECRPullThroughCache", "AWSECRPullThroughCache_ServiceRolePolicy")]
    [InlineData("replication.ecr.amazonaws.com", "AWSServiceRoleForECRReplication", "ECRReplicationServiceRolePolicy")]
    [InlineData("ecr.amazonaws.com", "AWSServiceRoleForECRTemplate", "ECRTemplateServiceRolePolicy")]
    public async Task ECRs_roles_have_ECRs_names_trust_and_policies(string service, string name, string policy)
    {
        var made = await iam.DoAsync("CreateServiceLinkedRole", ("AWSServiceName", service), ("Description", "for ECR"));

        Assert.Equal(
            (name, $"/aws-service-role/{service}/", $"arn:aws:iam::123456789012:role/aws-service-role/{service}/{name}", "for ECR"),
            (made.Get("RoleName"), made.Get("Path"), made.Get("Arn"), made.Get("Description")));
        Assert.Equal(
            $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"{{service}}"},"Action":"sts:AssumeRole"}]}""",
            Uri.UnescapeDataString(made.Get("AssumeRolePolicyDocument")));
        Assert.Equal(
            [name], (await iam.DoAsync("ListEntitiesForPolicy", ("PolicyArn", $"arn:aws:iam::aws:policy/aws-service-role/{policy}"))).All("RoleName"));
        await iam.AssertRefusedAsync(
            "CreateServiceLinkedRole",
            (400, "InvalidInput", $"Service role name {name} has been taken in this account, please try a different suffix."),
            ("AWSServiceName", service));
    }

    [Fact]
    public async Task Only_the_description_of_a_services_role_may_change()
    {
        await CreateAsync();

        await iam.AssertRefusedAsync("DeleteRole", Protected, ("RoleName", Replication));
        await iam.AssertRefusedAsync("UpdateRole", Protected, ("RoleName", Replication), ("MaxSessionDuration", "7200"));
        await iam.AssertRefusedAsync(
            "PutRolePermissionsBoundary",
            Protected,
            ("RoleName", Replication),
            ("PermissionsBoundary", "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly"));
        await iam.AssertRefusedAsync(
            "UpdateAssumeRolePolicy",
            Protected,
            ("RoleName", Replication),
            ("PolicyDocument", """{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}}"""));
        await iam.DoAsync("UpdateRole", ("RoleName", Replication), ("Description", "ours"));
    }

    [Fact]
    public async Task A_deletion_is_done_when_its_task_is_known()
    {
        await CreateAsync();

        var task = (await iam.DoAsync("DeleteServiceLinkedRole", ("RoleName", Replication))).Get("DeletionTaskId");

        Assert.StartsWith($"task/aws-service-role/replication.ecr.amazonaws.com/{Replication}/", task, StringComparison.Ordinal);
        Assert.Equal("SUCCEEDED", (await iam.DoAsync("GetServiceLinkedRoleDeletionStatus", ("DeletionTaskId", task))).Get("Status"));
        await iam.AssertRefusedAsync("GetRole", (404, "NoSuchEntity", $"The role with name {Replication} cannot be found."), ("RoleName", Replication));
        await CreateAsync();
    }

    [Theory]
    [InlineData("task")]
    [InlineData("/")]
    [InlineData("task/aws-service-role/replication.ecr.amazonaws.com/AWSServiceRoleForECRReplication/AAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_task_that_nobody_gave_is_not_found(string task) => await iam.AssertRefusedAsync(
        "GetServiceLinkedRoleDeletionStatus",
        (404, "NoSuchEntity", $"The deletion task with id {task} cannot be found."),
        ("DeletionTaskId", task));

    [Fact]
    public async Task A_role_of_people_is_no_services_role()
    {
        await iam.DoAsync(
            "CreateRole",
            ("RoleName", "builder"),
            ("AssumeRolePolicyDocument", """{"Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}"""));

        await iam.AssertRefusedAsync(
            "DeleteServiceLinkedRole", (404, "NoSuchEntity", "The role with name builder cannot be found."), ("RoleName", "builder"));
    }

    [Fact]
    public async Task Neither_suffixes_nor_other_services_are_taken()
    {
        await iam.AssertRefusedAsync(
            "CreateServiceLinkedRole",
            (400, "InvalidInput", "Custom suffix is not allowed for ecr.amazonaws.com"),
            ("AWSServiceName", "ecr.amazonaws.com"),
            ("CustomSuffix", "mine"));
        await iam.AssertRefusedAsync(
            "CreateServiceLinkedRole",
            (400, "InvalidInput", "'batch.amazonaws.com' has no service-linked role here"),
            ("AWSServiceName", "batch.amazonaws.com"));
    }

    private Task<IamReply> CreateAsync() => iam.DoAsync("CreateServiceLinkedRole", ("AWSServiceName", "replication.ecr.amazonaws.com"));
}
