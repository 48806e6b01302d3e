using Berth.Vocabulary;

namespace Berth.Tests.Ecr;

/// <summary>With <c>Layers:Delivery=redirect</c> a pull gets its layers from the bucket, as from ECR.</summary>
public sealed class LayerDeliveryTests
{
    private const string Bucket = "prod-us-east-1-starport-layer-bucket";

    private static readonly string Blob = $"/v2/app/blobs/{Digest.Sha256Of(EcrHost.Layer)}";

    [Fact]
    public async Task A_layer_is_sent_for_to_the_bucket_on_the_name_that_the_client_came_by()
    {
        await using var ecr = await StartAsync();

        using var answer = await SendAsync(ecr, HttpMethod.Get, Blob, "registry.example:81");

        Assert.Equal(307, (int)answer.StatusCode);
        Assert.Equal(0, answer.Content.Headers.ContentLength ?? 0);
        Assert.StartsWith($"http://registry.example:81/{Bucket}/", answer.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(EcrHost.Layer, await FollowAsync(ecr, answer.Headers.Location!));
    }

    [Fact]
    public async Task The_bucket_may_have_a_name_of_its_own()
    {
        await using var ecr = await StartAsync("{bucket}.s3.{region}.amazonaws.com");

        using var answer = await SendAsync(ecr, HttpMethod.Get, Blob, "123456789012.dkr.ecr.us-east-1.amazonaws.com");
        var url = await ecr.DoAsync(
            "GetDownloadUrlForLayer", new { repositoryName = "app", layerDigest = Digest.Sha256Of(EcrHost.Layer).ToString() });

        foreach (var location in new[] { answer.Headers.Location!, new Uri(url.GetProperty("downloadUrl").GetString()!) })
        {
            Assert.Equal($"{Bucket}.s3.us-east-1.amazonaws.com", location.Authority);
            Assert.Equal(EcrHost.Layer, await FollowAsync(ecr, location));
        }
    }

    [Fact]
    public async Task Whoever_asks_about_a_layer_is_answered_at_once()
    {
        await using var ecr = await StartAsync();

        using var answer = await SendAsync(ecr, HttpMethod.Head, Blob, "registry.example");

        Assert.Equal((200, (long?)EcrHost.Layer.Length), ((int)answer.StatusCode, answer.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task A_layer_that_is_not_there_is_not_sent_for()
    {
        await using var ecr = await StartAsync();

        using var answer = await SendAsync(ecr, HttpMethod.Get, $"/v2/app/blobs/sha256:{new string('0', 64)}", "registry.example");

        Assert.Equal(404, (int)answer.StatusCode);
    }

    private static async Task<EcrHost> StartAsync(string? bucketHost = null)
    {
        var ecr = await EcrHost.StartAsync(options => options with { RedirectsLayers = true, BucketHost = bucketHost });
        await ecr.CreateRepositoryAsync("app");
        await ecr.PutAsync("app", "A", "v1");
        return ecr;
    }

    private static async Task<HttpResponseMessage> SendAsync(EcrHost ecr, HttpMethod method, string path, string host)
    {
        var token = await ecr.DoAsync("GetAuthorizationToken", new { });
        using var request = new HttpRequestMessage(method, new Uri(ecr.Berth.Url, path));
        request.Headers.Host = host;
        request.Headers.Authorization = new("Basic", token.GetProperty("authorizationData")[0].GetProperty("authorizationToken").GetString());
        return await ecr.Berth.Http.SendAsync(request);
    }

    private static async Task<byte[]> FollowAsync(EcrHost ecr, Uri location)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(ecr.Berth.Url, location.PathAndQuery));
        request.Headers.Host = location.Authority;
        using var answer = await ecr.Berth.Http.SendAsync(request);
        Assert.Equal(200, (int)answer.StatusCode);
        return await answer.Content.ReadAsByteArrayAsync();
    }
}
