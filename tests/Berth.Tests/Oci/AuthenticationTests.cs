using System.Net;
using System.Text;
using Berth.Vocabulary;

namespace Berth.Tests.Oci;

public sealed class AuthenticationTests
{
    [Theory]
    [InlineData("GET", "/v2/")]
    [InlineData("GET", "/v2/team/app/manifests/v1")]
    [InlineData("GET", "/v2/BAD..NAME/manifests/v1")]
    [InlineData("PUT", "/v2/team/app/manifests/v1")]
    [InlineData("POST", "/v2/absent/blobs/uploads/")]
    public async Task Without_credentials_every_path_gives_the_same_challenge(string method, string path)
    {
        await using var host = await OciHost.StartAsync("team/app");

        using var response = await SendAsync(host, method, path, authorization: null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal($"Basic realm=\"{host.Url}\",service=\"ecr.amazonaws.com\"", response.Header("WWW-Authenticate"));
        Assert.Equal("text/plain; charset=utf-8", response.Header("Content-Type"));
        Assert.Equal("registry/2.0", response.Header("Docker-Distribution-Api-Version"));
        Assert.Equal("Not Authorized\n", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic QVdT")]
    [InlineData("Basic QVdTOg==")]
    [InlineData("Basic QVdTOnRva2Vu")]
    [InlineData("Basic b3RoZXI6dG9rZW4=")]
    [InlineData("Basic //79")]
    [InlineData("Bearer QVdTOnRva2Vu")]
    [InlineData(", ,")]
    public async Task Credentials_that_are_none_are_not_accepted(string authorization)
    {
        await using var host = await OciHost.StartAsync();

        using var response = await SendAsync(host, "GET", "/v2/", authorization);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_token_with_one_character_changed_is_not_accepted()
    {
        await using var host = await OciHost.StartAsync();
        var password = Encoding.ASCII.GetString(Convert.FromBase64String(host.Authorization["Basic ".Length..]));
        foreach (var at in new[] { 30, password.Length / 4, password.Length / 2 })
        {
            var forged = $"{password[..at]}{(password[at] == 'A' ? 'B' : 'A')}{password[(at + 1)..]}";

            using var response = await SendAsync(
                host, "GET", "/v2/", "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes(forged)));

            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_token_of_twenty_kilobytes_is_not_accepted()
    {
        await using var host = await OciHost.StartAsync();

        using var response = await SendAsync(host, "GET", "/v2/", "Basic " + Convert.ToBase64String(
            Encoding.ASCII.GetBytes("AWS:" + new string('A', 15_000))));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task An_expired_token_is_denied_without_a_challenge()
    {
        await using var host = await OciHost.StartAsync();
        var authorization = host.Authorization;
        host.Time.Advance(TimeSpan.FromHours(12));

        using var response = await SendAsync(host, "GET", "/v2/", authorization);

        Assert.Equal("Your authorization token has expired. Reauthenticate and try again.", await response.ErrorAsync(403, "DENIED"));
        Assert.Equal("", response.Header("WWW-Authenticate"));
    }

    [Theory]
    [InlineData("GET", "manifests/v1", "BatchGetImage")]
    [InlineData("PUT", "manifests/v1", "PutImage")]
    [InlineData("DELETE", "manifests/v1", "BatchDeleteImage")]
    [InlineData("GET", "blobs/sha256:00", "GetDownloadUrlForLayer")]
    [InlineData("POST", "blobs/uploads/", "InitiateLayerUpload")]
    [InlineData("PATCH", "blobs/uploads/00000000-0000-4000-8000-000000000000", "UploadLayerPart")]
    [InlineData("PUT", "blobs/uploads/00000000-0000-4000-8000-000000000000", "CompleteLayerUpload")]
    [InlineData("GET", "tags/list", "ListImages")]
    [InlineData("GET", "referrers/sha256:00", "BatchGetImage")]
    public async Task Who_may_not_learns_nothing_of_what_exists(string method, string path, string action)
    {
        await using var host = await OciHost.StartAsync("there");
        var authorization = await StrangerAsync(host);

        using var there = await SendAsync(host, method, $"/v2/there/{path}", authorization);
        using var absent = await SendAsync(host, method, $"/v2/absent/{path}", authorization);

        var message = await there.ErrorAsync(403, "DENIED");
        Assert.StartsWith(
            $"User: arn:aws:iam::210987654321:root is not authorized to perform: ecr:{action} on resource: arn:aws:ecr:us-east-1:123456789012:repository/there ",
            message,
            StringComparison.Ordinal);
        Assert.Equal(message.Replace("/there", "/absent", StringComparison.Ordinal), await absent.ErrorAsync(403, "DENIED"));
    }

    [Fact]
    public async Task A_head_is_denied_without_a_body()
    {
        await using var host = await OciHost.StartAsync("there");

        using var response = await SendAsync(host, "HEAD", "/v2/there/manifests/v1", await StrangerAsync(host));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_catalog_is_all_repositories()
    {
        await using var host = await OciHost.StartAsync("there");

        using var response = await SendAsync(host, "GET", "/v2/_catalog", await StrangerAsync(host));

        Assert.Contains(
            "ecr:DescribeRepositories on resource: arn:aws:ecr:us-east-1:123456789012:repository/* ",
            await response.ErrorAsync(403, "DENIED"),
            StringComparison.Ordinal);
    }

    private static Task<string> StrangerAsync(OciHost host) => host.AuthorizationOfAsync(AccountId.Parse("210987654321"));

    private static async Task<HttpResponseMessage> SendAsync(OciHost host, string method, string path, string? authorization)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return await host.Http.SendAsync(request);
    }
}
