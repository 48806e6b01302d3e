using System.Text;

namespace Berth.Tests.Sts;

public sealed class AssumeRoleTests : IAsyncLifetime
{
    private const string Denied =
        "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/";

    private StsHost host = null!;
    private Signer ann = null!;

    public async ValueTask InitializeAsync()
    {
        host = await StsHost.StartAsync();
        ann = await host.CreateUserAsync("ann");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_session_of_a_role_is_answered_as_STS_does()
    {
        var role = await host.CreateRoleAsync("deployer");

        var reply = await host.CallAsync(ann, StsHost.AssumeRole("deployer"));

        var key = reply.Signer;
        Assert.Equal(
            "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials>"
            + $"<AccessKeyId>{key.KeyId}</AccessKeyId><SecretAccessKey>{key.Secret}</SecretAccessKey><SessionToken>{key.Token}</SessionToken>"
            + "<Expiration>2026-01-15T13:00:00Z</Expiration></Credentials><AssumedRoleUser>"
            + $"<AssumedRoleId>{role.Id}:session</AssumedRoleId><Arn>arn:aws:sts::123456789012:assumed-role/deployer/session</Arn>"
            + $"</AssumedRoleUser></AssumeRoleResult><ResponseMetadata><RequestId>{reply.Text("RequestId")}</RequestId></ResponseMetadata></AssumeRoleResponse>",
            reply.Body);
        Assert.StartsWith("ASIA", key.KeyId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_of_a_session_proves_the_session()
    {
        var role = await host.CreateRoleAsync("deployer");
        var session = await host.AssumeAsync(ann, "deployer");

        var reply = await host.CallAsync(session, "Action=GetCallerIdentity");

        Assert.Equal(
            ("arn:aws:sts::123456789012:assumed-role/deployer/session", $"{role.Id}:session", "123456789012"),
            (reply.Text("Arn"), reply.Text("UserId"), reply.Text("Account")));
    }

    [Theory]
    [InlineData("absent", "")]
    [InlineData("closed", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"999999999999"},"Action":"sts:AssumeRole"}}""")]
    [InlineData("denying", """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}}""")]
    [InlineData("other", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"sts:TagSession"}}""")]
    public async Task Who_may_not_assume_a_role_is_told_the_same_as_of_one_that_is_not_there(string name, string trust)
    {
        if (trust.Length > 0)
        {
            await host.CreateRoleAsync(name, trust);
        }

        await host.AssertRefusedAsync(ann, StsHost.AssumeRole(name), 403, "AccessDenied", Denied + name);
    }

    [Fact]
    public async Task A_trust_in_the_account_leaves_it_to_the_users_own_policies()
    {
        await host.CreateRoleAsync("deployer");
        var bob = await host.CreateUserAsync("bob", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:*","Resource":"*"}}""");

        await host.AssertRefusedAsync(
            bob,
            StsHost.AssumeRole("deployer"),
            403,
            "AccessDenied",
            "User: arn:aws:iam::123456789012:user/bob is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/deployer");
    }

    [Fact]
    public async Task What_is_no_role_is_assumed_by_nobody_however_much_they_may() =>
        await host.AssertRefusedAsync(
            ann,
            "Action=AssumeRole&RoleArn=arn:aws:iam::123456789012:user/ann&RoleSessionName=session",
            403,
            "AccessDenied",
            "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:user/ann");

    [Fact]
    public async Task The_root_of_an_account_assumes_no_role()
    {
        await host.CreateRoleAsync("deployer");

        await host.AssertRefusedAsync(
            Signer.Root, StsHost.AssumeRole("deployer"), 403, "AccessDenied", "Roles may not be assumed by root accounts.");
    }

    [Theory]
    [InlineData("&DurationSeconds=3601", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")]
    [InlineData("&DurationSeconds=899", "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900")]
    [InlineData("&RoleSessionName=a%3Ab", "1 validation error detected: Value 'session,a:b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*")]
    [InlineData("&ProvidedContexts.member.1.ProviderArn=arn:aws:iam::aws:contextProvider/x&ProvidedContexts.member.1.ContextAssertion=word", "there is no context provider 'arn:aws:iam::aws:contextProvider/x'")]
    [InlineData("&PolicyArns.member.1.arn=arn:aws:iam::123456789012:policy/none", "Policy arn:aws:iam::123456789012:policy/none does not exist or is not attachable.")]
    public async Task What_STS_does_not_accept_is_a_validation_error(string more, string message)
    {
        await host.CreateRoleAsync("deployer");

        await host.AssertRefusedAsync(ann, StsHost.AssumeRole("deployer", more), 400, "ValidationError", message);
    }

    [Theory]
    [InlineData("nothing-valid-in-here")]
    [InlineData("arn::b:::something/test-role")]
    [InlineData("arn:a::::something/test-role")]
    [InlineData("arn:a:::something/test-role")]
    [InlineData("arn:a:a::aaaaaaaaaa:")]
    public async Task A_role_is_named_by_an_ARN(string arn) =>
        await host.AssertRefusedAsync(
            ann, $"Action=AssumeRole&RoleArn={arn}&RoleSessionName=session", 400, "ValidationError", $"{arn} is invalid");

    [Theory]
    [InlineData("&SerialNumber=arn:aws:iam::123456789012:mfa/ann&TokenCode=123456")]
    [InlineData("&TokenCode=123456")]
    [InlineData("&SerialNumber=arn:aws:iam::123456789012:mfa/ann")]
    public async Task A_code_of_a_device_is_not_silently_accepted(string more)
    {
        await host.CreateRoleAsync("deployer");

        await host.AssertRefusedAsync(
            ann,
            StsHost.AssumeRole("deployer", more),
            403,
            "AccessDenied",
            "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.");
    }

    [Fact]
    public async Task A_session_policy_narrows_the_role()
    {
        await host.CreateRoleAsync("deployer");
        var session = await host.AssumeAsync(
            ann, "deployer", "&Policy=" + Uri.EscapeDataString("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:DescribeRepositories","Resource":"*"}}"""));

        Assert.Equal(200, (await host.EcrAsync(session, "DescribeRepositories", "{}")).Status);
        Assert.Contains(
            "because no session policy allows the ecr:CreateRepository action",
            (await host.EcrAsync(session, "CreateRepository", """{"repositoryName":"app"}""")).Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Managed_policies_narrow_the_role_too()
    {
        await host.CreateRoleAsync("deployer");
        await host.CreatePolicyAsync("look", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:DescribeRepositories","Resource":"*"}}""");

        var reply = await host.CallAsync(ann, StsHost.AssumeRole("deployer", "&PolicyArns.member.1.arn=arn:aws:iam::123456789012:policy/look"));

        Assert.Equal("1", reply.Text("PackedPolicySize"));
        Assert.Equal(200, (await host.EcrAsync(reply.Signer, "DescribeRepositories", "{}")).Status);
        Assert.Equal(400, (await host.EcrAsync(reply.Signer, "CreateRepository", """{"repositoryName":"app"}""")).Status);
    }

    [Fact]
    public async Task What_does_not_fit_into_a_session_is_refused()
    {
        await host.CreateRoleAsync("deployer");
        var policy = new StringBuilder("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:*","Resource":[""")
            .AppendJoin(',', Enumerable.Range(0, 100).Select(number => $"\"arn:aws:ecr:us-east-1:123456789012:repository/app-{number:D4}\""))
            .Append("]}}");

        var reply = await host.CallAsync(ann, StsHost.AssumeRole("deployer", "&Policy=" + Uri.EscapeDataString(policy.ToString())));

        Assert.Equal(
            (400, "PackedPolicyTooLarge", "Packed policy consumes 142% of allotted space, please use smaller policy."),
            (reply.Status, reply.Text("Code"), reply.Text("Message")));
    }

    [Fact]
    public async Task A_session_policy_that_is_none_is_refused()
    {
        await host.CreateRoleAsync("deployer");

        await host.AssertRefusedAsync(
            ann, StsHost.AssumeRole("deployer", "&Policy=%7B"), 400, "MalformedPolicyDocument", "This policy contains invalid Json");
    }

    [Theory]
    [InlineData("", 403)]
    [InlineData("&ExternalId=other", 403)]
    [InlineData("&ExternalId=ours", 200)]
    public async Task A_role_can_ask_for_an_external_id(string more, int status)
    {
        await host.CreateRoleAsync(
            "vendor",
            """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"ours"}}}}""");

        Assert.Equal(status, (await host.CallAsync(ann, StsHost.AssumeRole("vendor", more))).Status);
    }

    [Theory]
    [InlineData("""{"StringEquals":{"sts:RoleSessionName":"session"}}""", "")]
    [InlineData("""{"StringEquals":{"aws:RequestTag/Team":"blue"}}""", "&Tags.member.1.Key=team&Tags.member.1.Value=blue")]
    [InlineData("""{"ForAllValues:StringEquals":{"aws:TagKeys":["Team"]},"ForAnyValue:StringEquals":{"sts:TransitiveTagKeys":"Team"}}""", "&Tags.member.1.Key=Team&Tags.member.1.Value=blue&TransitiveTagKeys.member.1=Team")]
    [InlineData("""{"StringEquals":{"sts:SourceIdentity":"ann"}}""", "&SourceIdentity=ann")]
    public async Task Conditions_of_the_trust_policy_read_the_request(string condition, string more)
    {
        await host.CreateRoleAsync(
            "strict",
            $$$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:*","Condition":{{{condition}}}}}""");

        Assert.Equal(200, (await host.CallAsync(ann, StsHost.AssumeRole("strict", more))).Status);
        Assert.Equal(403, (await host.CallAsync(ann, "Action=AssumeRole&RoleArn=arn:aws:iam::123456789012:role/strict&RoleSessionName=another")).Status);
    }
}
