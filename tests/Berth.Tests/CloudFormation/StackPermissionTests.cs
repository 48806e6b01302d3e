namespace Berth.Tests.CloudFormation;

public sealed class StackPermissionTests : IAsyncLifetime
{
    private const string Simple = "Parameters: {P: {Type: String, Default: x}}\nResources: {A: {Type: AWS::Test::Thing}}";
    private const string Role = "arn:aws:iam::123456789012:role/maker";

    private StackHost host = null!;

    public async ValueTask InitializeAsync() => host = await StackHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Stacks_are_allowed_by_name()
    {
        var ann = await UserAsync("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"cloudformation:*","Resource":"arn:aws:cloudformation:us-east-1:123456789012:stack/team-*"}}""");

        Assert.Equal(200, (await host.CallAsync(ann, "CreateStack", "StackName", "team-a", "TemplateBody", Simple)).Status);
        var denied = await host.CallAsync(ann, "CreateStack", "StackName", "other", "TemplateBody", Simple);

        Assert.Equal(
            (403, "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: cloudformation:CreateStack on resource: arn:aws:cloudformation:us-east-1:123456789012:stack/other/* because no identity-based policy allows the cloudformation:CreateStack action"),
            (denied.Status, denied["Message"]));
        await host.WaitAsync("team-a");
        Assert.Equal("arn:aws:iam::123456789012:user/ann", Assert.Single(host.Things.Works).Caller.Arn);
    }

    [Fact]
    public async Task A_service_role_must_trust_CloudFormation_and_be_passed()
    {
        var ann = await UserAsync("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"cloudformation:*","Resource":"*"}}""");
        await host.IamAsync("CreateRole", "RoleName", "maker", "AssumeRolePolicyDocument", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"cloudformation.amazonaws.com"},"Action":"sts:AssumeRole"}}""");

        var denied = await host.CallAsync(ann, "CreateStack", "StackName", "app", "TemplateBody", Simple, "RoleARN", Role);
        Assert.Equal((403, true), (denied.Status, denied["Message"]!.Contains($"iam:PassRole on resource: {Role}", StringComparison.Ordinal)));

        await host.DoAsync("CreateStack", "StackName", "app", "TemplateBody", Simple, "RoleARN", Role);
        Assert.Equal("CREATE_COMPLETE", await host.WaitAsync("app"));
        Assert.Equal("arn:aws:sts::123456789012:assumed-role/maker/AWSCloudFormation", Assert.Single(host.Things.Works).Caller.Arn);

        // The role stays the stack's: whoever may delete the stack does so with it.
        await host.CallAsync(ann, "DeleteStack", "StackName", "app");
        while (host.Things.Works.Count < 2)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Equal("arn:aws:sts::123456789012:assumed-role/maker/AWSCloudFormation", host.Things.Works.Last().Caller.Arn);
    }

    private async Task<(string Id, string Secret)> UserAsync(string policy)
    {
        await host.IamAsync("CreateUser", "UserName", "ann");
        await host.IamAsync("PutUserPolicy", "UserName", "ann", "PolicyName", "p", "PolicyDocument", policy);
        var key = await host.IamAsync("CreateAccessKey", "UserName", "ann");
        return (key["AccessKeyId"]!, key["SecretAccessKey"]!);
    }
}
