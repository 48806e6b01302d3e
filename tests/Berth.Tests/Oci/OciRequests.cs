using System.Net;
using System.Text;
using System.Text.Json;
using Berth.Vocabulary;

namespace Berth.Tests.Oci;

/// <summary>What a registry client does, one request at a time.</summary>
internal static class OciRequests
{
    public static async Task<HttpResponseMessage> SendAsync(
        this OciHost host, string method, string path, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(method), path);
        request.Headers.TryAddWithoutValidation("Authorization", host.Authorization);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
        }

        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content ??= new ByteArrayContent([]);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await host.Http.SendAsync(request);
    }

    /// <summary>Pushes a blob in one PUT and returns its digest.</summary>
    public static async Task<Digest> PushBlobAsync(this OciHost host, string repository, byte[] content, bool sha512 = false)
    {
        var digest = sha512 ? Sha512Of(content) : Digest.Sha256Of(content);
        var session = await host.StartUploadAsync(repository);
        using var response = await host.SendAsync("PUT", $"{session}?digest={digest}", content);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return digest;
    }

    /// <summary>Starts a session and returns its location.</summary>
    public static async Task<string> StartUploadAsync(this OciHost host, string repository)
    {
        using var response = await host.SendAsync("POST", $"/v2/{repository}/blobs/uploads/");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return response.Location();
    }

    public static Task<HttpResponseMessage> PutManifestAsync(
        this OciHost host, string repository, string reference, byte[] manifest, string type = MediaType.OciManifest) =>
        host.SendAsync("PUT", $"/v2/{repository}/manifests/{reference}", manifest, ("Content-Type", type));

    /// <summary>Pushes an image of one layer under a tag and returns its manifest.</summary>
    public static async Task<byte[]> PushImageAsync(this OciHost host, string repository, string tag)
    {
        var manifest = await host.ImageAsync(repository, tag);
        using var response = await host.PutManifestAsync(repository, tag, manifest);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return manifest;
    }

    /// <summary>Pushes configuration and layer of an image, not its manifest, and returns that.</summary>
    public static async Task<byte[]> ImageAsync(this OciHost host, string repository, string content, string more = "")
    {
        var config = Encoding.UTF8.GetBytes($"{{\"author\":\"{content}\"}}");
        var layer = Encoding.UTF8.GetBytes($"layer of {content}");
        return Manifests.Image(
            (await host.PushBlobAsync(repository, config), config.Length),
            (await host.PushBlobAsync(repository, layer), layer.Length),
            more);
    }

    public static string Location(this HttpResponseMessage response) => response.Headers.GetValues("Location").Single();

    public static string Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : "";

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return document.RootElement.Clone();
    }

    /// <summary>Asserts status and code of an error and returns its message.</summary>
    public static async Task<string> ErrorAsync(this HttpResponseMessage response, int status, string code)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode}: {body}");
        using var document = JsonDocument.Parse(body);
        var error = document.RootElement.GetProperty("errors")[0];
        Assert.Equal(code, error.GetProperty("code").GetString());
        return error.GetProperty("message").GetString()!;
    }

    public static Digest Sha512Of(byte[] content) =>
        Digest.OfHash(System.Security.Cryptography.SHA512.HashData(content));
}

/// <summary>Manifests as clients write them.</summary>
internal static class Manifests
{
    public static byte[] Image((Digest Digest, int Size) config, (Digest Digest, int Size) layer, string more = "") => Encoding.UTF8.GetBytes(
        $$"""
        {"schemaVersion":2,"mediaType":"{{MediaType.OciManifest}}",
         "config":{"mediaType":"{{MediaType.OciConfig}}","digest":"{{config.Digest}}","size":{{config.Size}} },
         "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"{{layer.Digest}}","size":{{layer.Size}} }]{{more}} }
        """);

    public static byte[] Artifact(Digest subject, string type, Digest content) => Encoding.UTF8.GetBytes(
        $$"""
        {"schemaVersion":2,"mediaType":"{{MediaType.OciManifest}}","artifactType":"{{type}}",
         "config":{"mediaType":"{{MediaType.OciEmpty}}","digest":"{{content}}","size":2},"layers":[],
         "subject":{"mediaType":"{{MediaType.OciManifest}}","digest":"{{subject}}","size":123},
         "annotations":{"org.example.key":"value of {{type}}"} }
        """);

    public static byte[] Index(params IEnumerable<byte[]> children) => Encoding.UTF8.GetBytes(
        $$"""
        {"schemaVersion":2,"mediaType":"{{MediaType.OciIndex}}","manifests":[{{string.Join(',', children.Select(Child))}}] }
        """);

    /// <summary>An index of nothing, attached to a subject.</summary>
    public static byte[] Index(Digest subject) => Encoding.UTF8.GetBytes(
        $$"""
        {"schemaVersion":2,"mediaType":"{{MediaType.OciIndex}}","manifests":[],
         "subject":{"mediaType":"{{MediaType.OciManifest}}","digest":"{{subject}}","size":123} }
        """);

    private static string Child(byte[] manifest) =>
        $$"""{"mediaType":"{{MediaType.OciManifest}}","digest":"{{Digest.Sha256Of(manifest)}}","size":{{manifest.Length}} }""";
}
