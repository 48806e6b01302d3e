using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Berth.Acceptance.Images;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Clients;

/// <summary>A client of the OCI wire that sends every request once, so that what it is told has been done was done by that request.</summary>
internal sealed class PlainClient : IDisposable
{
    private readonly HttpClient http;

    public PlainClient(Server server, string password)
    {
        http = new() { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"AWS:{password}")));
    }

    /// <summary>Stores a layer or a configuration in one request; whether the server said that it is stored.</summary>
    public Task<bool> PushBlobAsync(string repository, byte[] content) => SendAsync(
        HttpMethod.Post, $"/v2/{repository}/blobs/uploads/?digest={SmallImage.DigestOf(content)}", content, "application/octet-stream");

    /// <summary>Stores a manifest under a tag or its digest; whether the server said that it is stored.</summary>
    public Task<bool> PushManifestAsync(string repository, string reference, byte[] manifest) =>
        SendAsync(HttpMethod.Put, $"/v2/{repository}/manifests/{reference}", manifest, SmallImage.ManifestType);

    /// <summary>Whether a repository has a blob.</summary>
    public async Task<bool> HasBlobAsync(string repository, string digest)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri($"/v2/{repository}/blobs/{digest}", UriKind.Relative));
        using var answer = await http.SendAsync(request);
        return answer.StatusCode is HttpStatusCode.OK;
    }

    /// <summary>The tags of a repository, on all pages.</summary>
    public async Task<IReadOnlyList<string>> ListTagsAsync(string repository)
    {
        var tags = new List<string>();
        string? last = "";
        while (last is not null)
        {
            var page = JsonElement.Parse(await http.GetStringAsync(new Uri($"/v2/{repository}/tags/list?n=1000&last={last}", UriKind.Relative)));
            var before = tags.Count;
            tags.AddRange(page.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!));
            last = tags.Count > before ? tags[^1] : null;
        }

        return tags;
    }

    public void Dispose() => http.Dispose();

    private async Task<bool> SendAsync(HttpMethod method, string path, byte[] content, string type)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = new ByteArrayContent(content);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        try
        {
            using var answer = await http.SendAsync(request);
            return answer.StatusCode is HttpStatusCode.Created;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
