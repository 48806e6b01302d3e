namespace Berth.Tests.Aws;

public sealed class QueryWireTests : IAsyncLifetime
{
    private AwsHost host = null!;

    public async ValueTask InitializeAsync() => host = await AwsHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task GetCallerIdentity_says_who_signed()
    {
        var reply = await host.QueryAsync("Action=GetCallerIdentity&Version=2011-06-15");

        Assert.Equal(200, reply.Status);
        Assert.Equal("text/xml", reply.ContentType);
        Assert.Equal(
            "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>"
            + "<Arn>arn:aws:iam::123456789012:root</Arn><UserId>123456789012</UserId><Account>123456789012</Account>"
            + $"</GetCallerIdentityResult><ResponseMetadata><RequestId>{reply.RequestId}</RequestId></ResponseMetadata></GetCallerIdentityResponse>",
            reply.Body);
    }

    [Fact]
    public async Task GetCallerIdentity_answers_a_signed_GET_too()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Client.BaseAddress!, "/?Action=GetCallerIdentity&Version=2011-06-15"));

        var reply = await host.SendAsync(request, "sts");

        Assert.Contains("<UserId>123456789012</UserId>", reply.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Action=Nothing&Version=2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/", "Nothing", "2011-06-15")]
    [InlineData("Action=GetCallerIdentity&Version=1999-01-01", "http://webservices.amazon.com/AWSFault/2005-15-09", "GetCallerIdentity", "1999-01-01")]
    [InlineData("Action=%01%3C&Version=2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/", "&#x1;&lt;", "2011-06-15")]
    [InlineData("x=1", "http://webservices.amazon.com/AWSFault/2005-15-09", "", "")]
    public async Task An_unknown_action_is_refused(string form, string ns, string action, string version)
    {
        var reply = await host.QueryAsync(form);

        Assert.Equal(400, reply.Status);
        Assert.Equal(
            $"<ErrorResponse xmlns=\"{ns}\"><Error><Type>Sender</Type><Code>InvalidAction</Code>"
            + $"<Message>Could not find operation {action} for version {version}</Message></Error><RequestId>{reply.RequestId}</RequestId></ErrorResponse>",
            reply.Body);
    }

    [Fact]
    public async Task A_form_of_too_many_parameters_is_refused()
    {
        var form = "Action=GetCallerIdentity&Version=2011-06-15" + string.Concat(Enumerable.Range(0, 2000).Select(number => $"&p{number}=1"));

        var reply = await host.QueryAsync(form);

        Assert.Equal(400, reply.Status);
        Assert.Contains("<Code>MalformedInput</Code>", reply.Body, StringComparison.Ordinal);
    }
}
