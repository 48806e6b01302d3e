using Berth.Identity.Entities;

namespace Berth.Tests.Sts;

public sealed class UserSessionTests : IAsyncLifetime
{
    private const string Invalid = "The security token included in the request is invalid.";
    private const string Look = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:DescribeRepositories","Resource":"*"}}""";

    private StsHost host = null!;
    private Signer ann = null!;

    public async ValueTask InitializeAsync()
    {
        host = await StsHost.StartAsync();
        ann = await host.CreateUserAsync("ann");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_session_of_a_user_is_the_user_for_twelve_hours()
    {
        var reply = await host.CallAsync(ann, "Action=GetSessionToken");

        Assert.Equal("2026-01-16T00:00:00Z", reply.Text("Expiration"));
        Assert.Equal("arn:aws:iam::123456789012:user/ann", (await host.CallAsync(reply.Signer, "Action=GetCallerIdentity")).Text("Arn"));
        Assert.Equal(200, (await host.EcrAsync(reply.Signer, "CreateRepository", """{"repositoryName":"app"}""")).Status);
    }

    [Fact]
    public async Task A_session_of_a_root_lasts_an_hour_at_most() =>
        Assert.Equal("2026-01-15T13:00:00Z", (await host.CallAsync(Signer.Root, "Action=GetSessionToken&DurationSeconds=129600")).Text("Expiration"));

    [Fact]
    public async Task A_session_of_a_user_assumes_roles_and_calls_nothing_else_of_IAM_and_STS()
    {
        await host.CreateRoleAsync("deployer");
        var session = (await host.CallAsync(ann, "Action=GetSessionToken")).Signer;

        await host.AssumeAsync(session, "deployer");
        await host.AssertRefusedAsync(session, "Action=ListOpenIDConnectProviders", 403, "InvalidClientTokenId", Invalid, "iam");
        await host.AssertRefusedAsync(session, "Action=GetAccessKeyInfo&AccessKeyId=AKIAIOSFODNN7EXAMPLE", 403, "InvalidClientTokenId", Invalid);
        await host.AssertRefusedAsync(session, "Action=GetSessionToken", 403, "AccessDenied", "Cannot call GetSessionToken with session credentials");
        await host.AssertRefusedAsync(
            session, "Action=GetFederationToken&Name=guest", 403, "AccessDenied", "Cannot call GetFederationToken with session credentials");
    }

    [Theory]
    [InlineData("&TokenCode=123456&SerialNumber=arn:aws:iam::123456789012:mfa/ann")]
    [InlineData("&TokenCode=123456")]
    public async Task A_code_of_a_device_is_not_silently_accepted(string more) =>
        Assert.Equal(403, (await host.CallAsync(ann, "Action=GetSessionToken" + more)).Status);

    [Fact]
    public async Task A_federated_user_may_what_both_the_user_and_the_request_allow()
    {
        var reply = await host.CallAsync(ann, "Action=GetFederationToken&Name=guest&Policy=" + Uri.EscapeDataString(Look));

        Assert.Equal(
            ("123456789012:guest", "arn:aws:sts::123456789012:federated-user/guest", "3"),
            (reply.Text("FederatedUserId"), reply.Text("Arn"), reply.Text("PackedPolicySize")));
        Assert.Equal(200, (await host.EcrAsync(reply.Signer, "DescribeRepositories", "{}")).Status);
        Assert.Contains(
            "User: arn:aws:sts::123456789012:federated-user/guest is not authorized to perform: ecr:CreateRepository on resource: "
            + "arn:aws:ecr:us-east-1:123456789012:repository/app because no session policy allows the ecr:CreateRepository action",
            (await host.EcrAsync(reply.Signer, "CreateRepository", """{"repositoryName":"app"}""")).Body,
            StringComparison.Ordinal);
        await host.AssertRefusedAsync(reply.Signer, StsHost.AssumeRole("deployer"), 403, "InvalidClientTokenId", Invalid);
    }

    [Fact]
    public async Task A_federated_user_without_policies_may_nothing()
    {
        var guest = (await host.CallAsync(ann, "Action=GetFederationToken&Name=guest")).Signer;

        Assert.Equal(400, (await host.EcrAsync(guest, "DescribeRepositories", "{}")).Status);
    }

    [Fact]
    public async Task A_federated_user_of_a_root_may_what_the_request_allows()
    {
        var guest = (await host.CallAsync(Signer.Root, "Action=GetFederationToken&Name=guest&Policy=" + Uri.EscapeDataString(Look))).Signer;

        Assert.Equal(200, (await host.EcrAsync(guest, "DescribeRepositories", "{}")).Status);
        Assert.Equal(400, (await host.EcrAsync(guest, "CreateRepository", """{"repositoryName":"app"}""")).Status);
    }

    [Fact]
    public async Task A_key_tells_its_account()
    {
        Assert.Equal("123456789012", (await host.CallAsync(ann, $"Action=GetAccessKeyInfo&AccessKeyId={ann.KeyId}")).Text("Account"));
        await host.AssertRefusedAsync(
            ann, "Action=GetAccessKeyInfo&AccessKeyId=AKIAAAAAAAAAAAAAAAAA", 400, "ValidationError", "there is no access key 'AKIAAAAAAAAAAAAAAAAA'");
    }

    [Fact]
    public async Task A_session_ends_with_its_user()
    {
        var session = (await host.CallAsync(ann, "Action=GetSessionToken")).Signer;
        await host.DeleteAsync(EntityKind.User, "ann");

        await host.AssertRefusedAsync(session, "Action=GetCallerIdentity", 403, "InvalidClientTokenId", Invalid);
    }
}
