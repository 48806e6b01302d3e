using Berth.Identity.Entities;

namespace Berth.Tests.Sts;

public sealed class RoleChainingTests : IAsyncLifetime
{
    private const string Tags = "&Tags.member.1.Key=Team&Tags.member.1.Value=blue&Tags.member.2.Key=Cost&Tags.member.2.Value=7&TransitiveTagKeys.member.1=Team";
    private const string Session = "User: arn:aws:sts::123456789012:assumed-role/first/session is not authorized to perform: ";

    private StsHost host = null!;
    private Signer ann = null!;

    public async ValueTask InitializeAsync()
    {
        host = await StsHost.StartAsync();
        ann = await host.CreateUserAsync("ann");
        await host.CreateRoleAsync("first", maxSession: 43_200);
        await host.CreateRoleAsync("second", maxSession: 43_200);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_chained_session_lasts_an_hour_at_most()
    {
        var session = await host.AssumeAsync(ann, "first", "&DurationSeconds=43200");

        await host.AssertRefusedAsync(
            session,
            StsHost.AssumeRole("second", "&DurationSeconds=3601"),
            400,
            "ValidationError",
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.");
        await host.AssumeAsync(session, "second", "&DurationSeconds=3600");
    }

    [Fact]
    public async Task Transitive_tags_pass_on_and_others_do_not()
    {
        var chained = await host.AssumeAsync(await host.AssumeAsync(ann, "first", Tags), "second");
        await host.PutPolicyAsync(EntityKind.Role, "second", Allow("ecr:DescribeRepositories", """{"StringEquals":{"aws:PrincipalTag/team":"blue"}}"""));
        Assert.Equal(200, (await host.EcrAsync(chained, "DescribeRepositories", "{}")).Status);

        await host.PutPolicyAsync(EntityKind.Role, "second", Allow("ecr:DescribeRepositories", """{"Null":{"aws:PrincipalTag/Cost":"false"}}"""));
        Assert.Equal(400, (await host.EcrAsync(chained, "DescribeRepositories", "{}")).Status);
    }

    [Theory]
    [InlineData("Team")]
    [InlineData("tEAM")]
    public async Task Transitive_tags_cannot_be_overridden(string key)
    {
        var session = await host.AssumeAsync(ann, "first", Tags);

        await host.AssertRefusedAsync(
            session,
            StsHost.AssumeRole("second", $"&Tags.member.1.Key={key}&Tags.member.1.Value=red"),
            400,
            "InvalidParameterValue",
            "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.");
    }

    [Theory]
    [InlineData("&Tags.member.1.Key=a&Tags.member.1.Value=1&Tags.member.2.Key=A&Tags.member.2.Value=2", "Duplicate tag keys found. Please note that Tag keys are case insensitive.")]
    [InlineData("&Tags.member.1.Key=a&Tags.member.1.Value=1&TransitiveTagKeys.member.1=b", "The specified transitive tag key must be included in the requested tags.")]
    public async Task Tags_that_do_not_fit_together_are_refused(string more, string message) =>
        await host.AssertRefusedAsync(ann, StsHost.AssumeRole("first", more), 400, "InvalidParameterValue", message);

    [Theory]
    [InlineData("&Tags.member.1.Key=a&Tags.member.1.Value=1", "sts:TagSession")]
    [InlineData("&SourceIdentity=ann", "sts:SetSourceIdentity")]
    public async Task A_role_that_trusts_for_assuming_alone_takes_no_tags_and_no_source(string more, string action)
    {
        await host.CreateRoleAsync(
            "plain", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}}""");

        await host.AssertRefusedAsync(
            await host.AssumeAsync(ann, "first"),
            StsHost.AssumeRole("plain", more),
            403,
            "AccessDenied",
            $"{Session}{action} on resource: arn:aws:iam::123456789012:role/plain");
    }

    [Fact]
    public async Task A_source_identity_stays_and_cannot_be_changed()
    {
        var session = await host.AssumeAsync(ann, "first", "&SourceIdentity=ann");

        var chained = await host.CallAsync(session, StsHost.AssumeRole("second"));
        Assert.Equal("ann", chained.Text("SourceIdentity"));
        await host.AssertRefusedAsync(
            session,
            StsHost.AssumeRole("second", "&SourceIdentity=bob"),
            403,
            "AccessDenied",
            $"{Session}sts:SetSourceIdentity on resource: arn:aws:iam::123456789012:role/second");

        await host.PutPolicyAsync(EntityKind.Role, "second", Allow("ecr:DescribeRepositories", """{"StringEquals":{"aws:SourceIdentity":"ann"}}"""));
        Assert.Equal(200, (await host.EcrAsync(chained.Signer, "DescribeRepositories", "{}")).Status);
    }

    private static string Allow(string action, string condition) =>
        $$$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"{{{action}}}","Resource":"*","Condition":{{{condition}}}}}""";
}
