using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Berth.Server.Hosting;
using Berth.Tests.Aws;
using Berth.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Ecr;

/// <summary>The real server, and a client that speaks ECR's JSON to it as the root of account 123456789012. The clock stands.</summary>
internal sealed class EcrHost : IAsyncDisposable
{
    public const string Account = "123456789012";

    private EcrHost(BerthHost berth, FakeTimeProvider time) => (Berth, Time) = (berth, time);

    public BerthHost Berth { get; }

    public FakeTimeProvider Time { get; }

    /// <summary>The name registries go by here.</summary>
    public string PublicHost => string.Create(CultureInfo.InvariantCulture, $"localhost:{Berth.Url.Port}");

    /// <summary>The media type that <see cref="Manifest"/> makes.</summary>
    public static string ManifestType => MediaType.DockerManifest;

    public static async Task<EcrHost> StartAsync(Func<BerthOptions, BerthOptions>? configure = null)
    {
        var time = new FakeTimeProvider(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));
        return new(await BerthHost.StartAsync(configure, time), time);
    }

    /// <summary>Calls an operation, signed as the SDKs do.</summary>
    public async Task<EcrReply> CallAsync(string operation, object request, string region = "us-east-1")
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(Berth.Url, "/"));
        message.Headers.Add("X-Amz-Target", $"AmazonEC2ContainerRegistry_V20150921.{operation}");
        message.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request));
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        new RequestSigner(BerthHost.AccessKeyId, BerthHost.SecretAccessKey, "ecr") { Region = region }.Sign(message, Time.GetUtcNow());
        using var response = await Berth.Http.SendAsync(message);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Calls an operation that must succeed, and gives its answer.</summary>
    public async Task<JsonElement> DoAsync(string operation, object request)
    {
        var reply = await CallAsync(operation, request);
        Assert.True(reply.Status == 200, $"{operation}: {reply.Body}");
        return reply.Json;
    }

    /// <summary>Calls an operation that must be refused with one error.</summary>
    public async Task AssertRefusedAsync(string operation, object request, string code, string message)
    {
        var reply = await CallAsync(operation, request);
        Assert.Equal((400, code, message), (reply.Status, reply.Code, reply.Message));
    }

    /// <summary>Uploads a layer in one part.</summary>
    public async Task<string> UploadAsync(string repository, byte[] content)
    {
        var upload = await StartUploadAsync(repository);
        await DoAsync("UploadLayerPart", Part(repository, upload, 0, content));
        var digest = Digest.Sha256Of(content).ToString();
        await DoAsync("CompleteLayerUpload", new { repositoryName = repository, uploadId = upload, layerDigests = new[] { digest } });
        return digest;
    }

    /// <summary>A list of texts in a request.</summary>
    public static string[] Texts(params string[] texts) => texts;

    /// <summary>Starts an upload and gives its id.</summary>
    public async Task<string> StartUploadAsync(string repository) =>
        (await DoAsync("InitiateLayerUpload", new { repositoryName = repository })).GetProperty("uploadId").GetString()!;

    /// <summary>The request that sends a part.</summary>
    public static object Part(string repository, string upload, long first, byte[] content) => new
    {
        repositoryName = repository,
        uploadId = upload,
        partFirstByte = first,
        partLastByte = first + content.Length - 1,
        layerPartBlob = Convert.ToBase64String(content),
    };

    /// <summary>A manifest of one configuration and one layer, which tells apart images that are otherwise the same.</summary>
    public static string Manifest(string name) => JsonSerializer.Serialize(new
    {
        schemaVersion = 2,
        mediaType = ManifestType,
        config = Describe(MediaType.DockerConfig, Config),
        layers = new[] { Describe("application/vnd.docker.image.rootfs.diff.tar.gzip", Layer) },
        annotations = new { name },
    });

    /// <summary>The digest of a manifest of that name.</summary>
    public static string DigestOf(string name) => Digest.Sha256Of(Encoding.UTF8.GetBytes(Manifest(name))).ToString();

    /// <summary>The configuration of every image.</summary>
    public static byte[] Config => "{\"architecture\":\"amd64\",\"os\":\"linux\"}"u8.ToArray();

    /// <summary>The layer of every image.</summary>
    public static byte[] Layer => "a layer"u8.ToArray();

    /// <summary>Makes a repository that has the layers of every image.</summary>
    public async Task CreateRepositoryAsync(string name, string mutability = "MUTABLE", string? filter = null)
    {
        await DoAsync("CreateRepository", new
        {
            repositoryName = name,
            imageTagMutability = mutability,
            imageTagMutabilityExclusionFilters = filter is null ? null : new[] { new { filterType = "WILDCARD", filter } },
        });
        await UploadAsync(name, Config);
        await UploadAsync(name, Layer);
    }

    /// <summary>Pushes the image of a name, under a tag or under none.</summary>
    public Task<JsonElement> PutAsync(string repository, string name, string? tag) =>
        DoAsync("PutImage", new { repositoryName = repository, imageManifest = Manifest(name), imageTag = tag });

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Berth.DisposeAsync();

    private static object Describe(string type, byte[] content) =>
        new { mediaType = type, size = content.Length, digest = Digest.Sha256Of(content).ToString() };
}

/// <summary>What ECR answered.</summary>
internal sealed record EcrReply(int Status, string Body)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    public string? Code => Text("__type");

    public string? Message => Text("message");

    private string? Text(string member) => Json.TryGetProperty(member, out var value) ? value.GetString() : null;
}
