using System.Text.Json;
using Berth.Server.Aws;

namespace Berth.Tests.Aws;

public sealed class JsonWireTests : IAsyncLifetime
{
    private AwsHost host = null!;

    public async ValueTask InitializeAsync() => host = await AwsHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_call_is_answered_with_its_members_in_camel_case_and_none_unset()
    {
        var reply = await host.CallAsync("Echo", """
            {"name":"abc","first":7,"force":true,"blob":"AQID","since":1448875853.241,"tags":[{"Key":"a","Value":"b"}],"unheardOf":{"x":[1]}}
            """);

        Assert.Equal(200, reply.Status);
        Assert.Equal("application/x-amz-json-1.1", reply.ContentType);
        Assert.Equal(
            """{"given":{"name":"abc","tags":[{"Key":"a","Value":"b"}],"force":true,"first":7,"blob":"AQID","since":1448875853.241},"failures":[]}""",
            reply.Body);
    }

    [Fact]
    public async Task Every_answer_carries_a_request_id_and_the_servers_time()
    {
        var good = await host.CallAsync("Echo", """{"name":"abc","first":1}""");
        var bad = await host.CallAsync("Echo", "{}");

        Assert.True(Guid.TryParse(good.RequestId, out var first));
        Assert.True(Guid.TryParse(bad.RequestId, out var second));
        Assert.NotEqual(first, second);
        Assert.Equal(host.Time.GetUtcNow(), good.Date);
        Assert.Equal(host.Time.GetUtcNow(), bad.Date);
    }

    [Fact]
    public async Task An_operation_knows_its_caller_its_Region_and_the_time()
    {
        var reply = await host.CallAsync("ReadRepository", """{"repositoryName":"team/app"}""");

        Assert.Equal(
            """{"arn":"arn:aws:ecr:us-east-1:123456789012:repository/team/app","caller":"arn:aws:iam::123456789012:root","region":"us-east-1","at":1768478400}""",
            reply.Body);
    }

    [Fact]
    public async Task Another_accounts_repository_is_refused_in_AWSs_words_whether_it_exists_or_not()
    {
        var reply = await host.CallAsync("ReadRepository", """{"registryId":"999999999999","repositoryName":"app"}""");

        Assert.Equal(400, reply.Status);
        Assert.Equal(
            """{"__type":"AccessDeniedException","Message":"User: arn:aws:iam::123456789012:root is not authorized to perform: ecr:ReadRepository on resource: arn:aws:ecr:us-east-1:999999999999:repository/app because no resource-based policy allows the ecr:ReadRepository action"}""",
            reply.Body);
    }

    [Theory]
    [InlineData("""{"name":7,"first":1}""", "NUMBER_VALUE can not be converted to a String")]
    [InlineData("""{"name":true,"first":1}""", "TRUE_VALUE can not be converted to a String")]
    [InlineData("""{"name":{},"first":1}""", "Start of structure or map found where not expected.")]
    [InlineData("""{"name":[],"first":1}""", "Start of list found where not expected")]
    [InlineData("""{"name":"abc","first":"1"}""", "STRING_VALUE can not be converted to a Long")]
    [InlineData("""{"name":"abc","maxResults":"1"}""", "STRING_VALUE can not be converted to an Integer")]
    [InlineData("""{"name":"abc","force":"true"}""", "STRING_VALUE can not be converted to a Boolean")]
    [InlineData("""{"name":"abc","tags":{}}""", "Expected list or null")]
    [InlineData("""{"name":"abc","tags":["a"]}""", "Expected structure or null")]
    [InlineData("""{"name":"abc","tags":[{"Key":3}]}""", "NUMBER_VALUE can not be converted to a String")]
    [InlineData("""{"name":"abc","first":99999999999999999999}""", "a value is out of its type's range")]
    [InlineData("""{"name":"abc","blob":"%%%"}""", "a value is out of its type's range")]
    [InlineData("""{"name":"\ud800"}""", "a value is out of its type's range")]
    [InlineData("[]", "Expected structure or null")]
    [InlineData("null", "Expected structure")]
    [InlineData("", "the body is not JSON")]
    [InlineData("{", "the body is not JSON")]
    [InlineData("""{"name":"abc"} {}""", "the body is not JSON")]
    public async Task A_body_that_does_not_fit_is_a_serialization_error(string body, string message)
    {
        var reply = await host.CallAsync("Echo", body);

        Assert.Equal(400, reply.Status);
        Assert.Equal(JsonSerializer.Serialize(new { __type = "SerializationException", message }, Relaxed), reply.Body);
    }

    [Fact]
    public async Task A_body_nested_too_deep_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"x":""", 70)) + "1" + new string('}', 70);

        var reply = await host.CallAsync("Echo", deep);

        Assert.Contains("SerializationException", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused()
    {
        var reply = await host.SendAsync(host.SampleRequest("Echo", new('x', AwsRequest.LongestBody + 1)));

        Assert.Equal(413, reply.Status);
        Assert.Equal("""{"__type":"RequestEntityTooLargeException","message":"the request is longer than 33554432 bytes"}""", reply.Body);
    }

    [Theory]
    [InlineData("SampleService_V20260115.NoSuchOperation")]
    [InlineData("NoSuchService.NoSuchOperation")]
    [InlineData("NoSuchOperation")]
    public async Task An_unknown_operation_is_refused(string target)
    {
        var request = host.SampleRequest("Echo", "{}");
        request.Headers.Remove("X-Amz-Target");
        request.Headers.Add("X-Amz-Target", target);

        var reply = await host.SendAsync(request, "ecr");

        Assert.Equal(400, reply.Status);
        Assert.Equal("""{"__type":"UnknownOperationException","message":"the operation 'NoSuchOperation' is not available here"}""", reply.Body);
    }

    [Fact]
    public async Task A_bug_is_logged_once_under_the_request_id_and_its_message_withheld()
    {
        var reply = await host.CallAsync("Stumble", "{}");

        Assert.Equal(500, reply.Status);
        Assert.Contains("\"__type\":\"ServerException\"", reply.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", reply.Body, StringComparison.Ordinal);
        Assert.Contains(reply.RequestId!, Assert.Single(host.Log.Lines).Text, StringComparison.Ordinal);
    }

    private static JsonSerializerOptions Relaxed { get; } = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
