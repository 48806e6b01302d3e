using System.Text.Json;
using Berth.Server.Ecr.Repositories;
using Berth.Tests.Gate;
using Berth.Tests.Trail;
using Berth.Vocabulary;

namespace Berth.Tests.Aws;

public sealed class ForwardedCallsTests : IAsyncLifetime
{
    private const string Service = "cloudformation.amazonaws.com";
    private const string ArnOfApp = "arn:aws:ecr:us-east-1:123456789012:repository/app";

    private GateHost host = null!;

    public async ValueTask InitializeAsync() => host = await GateHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task What_the_caller_may_not_is_denied_in_the_words_of_the_wire()
    {
        var nobody = await host.UserAsync("nobody", policy: null);

        var refused = await Assert.ThrowsAsync<FaultException>(() => CreateAsync(nobody, "app"));

        var (_, onTheWire) = (await nobody.CallAsync("CreateRepository", new { repositoryName = "app" })).Error;
        Assert.IsType<AccessDenied>(refused.Fault);
        Assert.Equal(
            $"User: arn:aws:iam::123456789012:user/nobody is not authorized to perform: ecr:CreateRepository on resource: {ArnOfApp} "
            + "because no identity-based policy allows the ecr:CreateRepository action",
            refused.Message);
        Assert.Equal(onTheWire, refused.Message);
    }

    [Fact]
    public async Task A_call_is_recorded_as_the_callers_invoked_by_the_service()
    {
        var builder = await host.UserAsync("builder", AllowIf(""));

        await CreateAsync(builder, "app");

        var record = await host.RecordAsync("CreateRepository");
        var identity = record.GetProperty("userIdentity");
        Assert.Equal("arn:aws:iam::123456789012:user/builder", identity.GetProperty("arn").GetString());
        Assert.Equal(Service, identity.GetProperty("invokedBy").GetString());
        Assert.Equal(Service, record.GetProperty("sourceIPAddress").GetString());
        Assert.Equal(Service, record.GetProperty("userAgent").GetString());
        Assert.Equal("app", record.GetProperty("requestParameters").GetProperty("repositoryName").GetString());
        Assert.Equal(
            ArnOfApp, record.GetProperty("responseElements").GetProperty("repository").GetProperty("repositoryArn").GetString());
    }

    [Fact]
    public async Task A_denial_is_recorded_too()
    {
        var nobody = await host.UserAsync("nobody", policy: null);

        await Assert.ThrowsAsync<FaultException>(() => CreateAsync(nobody, "app"));

        var record = await host.RecordAsync("CreateRepository");
        Assert.Equal("AccessDenied", record.GetProperty("errorCode").GetString());
        Assert.Equal(JsonValueKind.Null, record.GetProperty("responseElements").ValueKind);
    }

    [Theory]
    [InlineData("""{"ForAnyValue:StringEquals":{"aws:CalledVia":"cloudformation.amazonaws.com"}}""")]
    [InlineData("""{"StringEquals":{"aws:CalledViaFirst":"cloudformation.amazonaws.com"}}""")]
    [InlineData("""{"StringEquals":{"aws:CalledViaLast":"cloudformation.amazonaws.com"}}""")]
    [InlineData("""{"Bool":{"aws:ViaAWSService":"true"}}""")]
    public async Task A_policy_can_allow_what_only_the_service_does(string condition)
    {
        var builder = await host.UserAsync("builder", AllowIf(condition));

        Assert.False((await builder.CallAsync("CreateRepository", new { repositoryName = "app" })).IsAllowed);
        Assert.Equal(ArnOfApp, (await CreateAsync(builder, "app")).Repository.RepositoryArn);
    }

    [Theory]
    [InlineData("""{"IpAddress":{"aws:SourceIp":"127.0.0.0/8"}}""")]
    [InlineData("""{"Bool":{"aws:ViaAWSService":"false"}}""")]
    [InlineData("""{"Null":{"aws:CalledVia":"true"}}""")]
    public async Task A_policy_can_allow_what_only_the_caller_does(string condition)
    {
        var builder = await host.UserAsync("builder", AllowIf(condition));

        await Assert.ThrowsAsync<FaultException>(() => CreateAsync(builder, "app"));
        Assert.True((await builder.CallAsync("CreateRepository", new { repositoryName = "app" })).IsAllowed);
    }

    [Fact]
    public async Task A_request_is_checked_as_on_the_wire()
    {
        var refused = await Assert.ThrowsAsync<FaultException>(() => CreateAsync(host.Root, "App"));

        Assert.Equal((await host.Root.CallAsync("CreateRepository", new { repositoryName = "App" })).Error.Text, refused.Message);
    }

    [Fact]
    public async Task Only_the_service_sets_tags_with_its_reserved_keys()
    {
        const string Key = "aws:cloudformation:stack-name";

        var (_, text) = (await host.Root.CallAsync(
            "CreateRepository", new { repositoryName = "app", tags = new[] { new { Key, Value = "prod" } } })).Error;
        await CallAsync(host.Root, new() { RepositoryName = "app", Tags = [new() { Key = Key, Value = "prod" }] });
        var (_, untagged) = (await host.Root.CallAsync("UntagResource", new { resourceArn = ArnOfApp, tagKeys = new[] { Key } })).Error;

        Assert.Equal("tag keys that begin with 'aws:' are reserved", text);
        Assert.Equal("tag keys that begin with 'aws:' are reserved", untagged);
        var tags = (await host.Root.DoAsync("ListTagsForResource", new { resourceArn = ArnOfApp })).GetProperty("tags");
        Assert.Equal(Key, Assert.Single(tags.EnumerateArray()).GetProperty("Key").GetString());
    }

    [Fact]
    public async Task The_services_own_tags_need_no_permission()
    {
        var builder = await host.UserAsync(
            "builder", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:CreateRepository","Resource":"*"}]}""");

        await CallAsync(builder, new() { RepositoryName = "app", Tags = [new() { Key = "aws:cloudformation:stack-name", Value = "prod" }] });
        var refused = await Assert.ThrowsAsync<FaultException>(
            () => CallAsync(builder, new() { RepositoryName = "web", Tags = [new() { Key = "team", Value = "blue" }] }));

        Assert.Contains("ecr:TagResource", refused.Message, StringComparison.Ordinal);
    }

    private static string AllowIf(string condition) =>
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:*","Resource":"*","Condition":"""
        + (condition.Length == 0 ? "{}" : condition) + "}]}";

    private Task<CreateRepository.Response> CreateAsync(Actor actor, string name) => CallAsync(actor, new() { RepositoryName = name });

    private Task<CreateRepository.Response> CallAsync(Actor actor, CreateRepository.Request request) =>
        host.Berth.Server.Forwarded!.CallAsync<CreateRepository.Response>(
            new(actor.Caller, RegionName.Parse("us-east-1"), Service), request, TestContext.Current.CancellationToken);
}
