using Berth.Tests.Sts;

namespace Berth.Tests.Iam;

public sealed class BoundaryTests : IAsyncLifetime
{
    private const string Limit = "arn:aws:iam::123456789012:policy/limit";

    // What administrators write who let others make roles, but none that may do more than the limit.
    private const string Delegated =
        $$$"""
        {"Version":"2012-10-17","Statement":[
         {"Effect":"Allow","Action":["iam:CreateRole","iam:PutRolePermissionsBoundary"],"Resource":"*",
          "Condition":{"StringEquals":{"iam:PermissionsBoundary":"{{{Limit}}}"} } },
         {"Effect":"Allow","Action":"iam:DeleteRolePermissionsBoundary","Resource":"*"},
         {"Effect":"Deny","Action":"iam:DeleteRolePermissionsBoundary","Resource":"*",
          "Condition":{"StringEquals":{"iam:PermissionsBoundary":"{{{Limit}}}"} } }]}
        """;

    private static readonly string Trust = Uri.EscapeDataString(StsHost.TrustAccount);

    private StsHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await StsHost.StartAsync();
        await host.CreatePolicyAsync("limit", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:*","Resource":"*"}}""");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Who_may_make_roles_with_a_boundary_only_can_make_no_other_and_not_take_it_away()
    {
        var delegated = await host.CreateUserAsync("delegate", Delegated);

        Assert.Equal(403, (await CallAsync(delegated, $"Action=CreateRole&RoleName=free&AssumeRolePolicyDocument={Trust}")).Status);
        Assert.Equal(
            200,
            (await CallAsync(delegated, $"Action=CreateRole&RoleName=bounded&PermissionsBoundary={Limit}&AssumeRolePolicyDocument={Trust}")).Status);
        Assert.Equal(
            403,
            (await CallAsync(delegated, "Action=PutRolePermissionsBoundary&RoleName=bounded&PermissionsBoundary=arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryFullAccess")).Status);
        await host.AssertRefusedAsync(
            delegated,
            "Action=DeleteRolePermissionsBoundary&RoleName=bounded",
            403,
            "AccessDenied",
            "User: arn:aws:iam::123456789012:user/delegate is not authorized to perform: iam:DeleteRolePermissionsBoundary on resource: "
                + "arn:aws:iam::123456789012:role/bounded with an explicit deny in an identity-based policy",
            "iam");
    }

    [Fact]
    public async Task A_user_does_no_more_than_its_boundary_allows_from_then_on()
    {
        var user = await host.CreateUserAsync("worker");
        Assert.Equal(200, (await CallAsync(user, "Action=ListRoles")).Status);

        await CallAsync(Signer.Root, $"Action=PutUserPermissionsBoundary&UserName=worker&PermissionsBoundary={Limit}");

        Assert.Contains("because no permissions boundary allows the iam:ListRoles action", (await CallAsync(user, "Action=ListRoles")).Body, StringComparison.Ordinal);
        Assert.Equal(200, (await host.EcrAsync(user, "DescribeRepositories", "{}")).Status);
        await CallAsync(Signer.Root, "Action=DeleteUserPermissionsBoundary&UserName=worker");
        Assert.Equal(200, (await CallAsync(user, "Action=ListRoles")).Status);
    }

    [Fact]
    public async Task Who_may_not_hand_out_a_role_gives_it_to_no_instance_profile()
    {
        var user = await host.CreateUserAsync(
            "worker", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","NotAction":"iam:PassRole","Resource":"*"}}""");
        await CallAsync(user, $"Action=CreateRole&RoleName=machine&AssumeRolePolicyDocument={Trust}");
        await CallAsync(user, "Action=CreateInstanceProfile&InstanceProfileName=node");

        await host.AssertRefusedAsync(
            user,
            "Action=AddRoleToInstanceProfile&InstanceProfileName=node&RoleName=machine",
            403,
            "AccessDenied",
            "User: arn:aws:iam::123456789012:user/worker is not authorized to perform: iam:PassRole on resource: "
                + "arn:aws:iam::123456789012:role/machine because no identity-based policy allows the iam:PassRole action",
            "iam");
    }

    [Theory]
    [InlineData("arn:aws:iam::aws:policy/aws-service-role/ECRTemplateServiceRolePolicy", 400, "PolicyNotAttachable", "Cannot attach a Service Role Policy to a Customer Role.")]
    [InlineData("arn:aws:iam::999999999999:policy/limit", 404, "NoSuchEntity", "Scope ARN: arn:aws:iam::999999999999:policy/limit does not exist or is not attachable.")]
    [InlineData("this-is-not-an-arn-at-all", 400, "ValidationError", "Invalid ARN:  Could not be parsed!")]
    public async Task What_is_no_policy_of_ones_own_is_no_boundary(string arn, int status, string code, string message)
    {
        await host.CreateUserAsync("worker");

        await host.AssertRefusedAsync(
            Signer.Root, $"Action=PutUserPermissionsBoundary&UserName=worker&PermissionsBoundary={arn}", status, code, message, "iam");
    }

    private Task<QueryReply> CallAsync(Signer signer, string form) => host.CallAsync(signer, form, "iam");
}
