using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Berth.Identity;
using Berth.Server.Delivery;
using Berth.Server.Gate;
using Berth.Server.Hosting;

namespace Berth.Server.Commands;

/// <summary>A running server as a tool speaks to it: over its own service, signed by the root key of the data folder.</summary>
internal sealed class RunningServer(Uri address, string region, (string Id, string Secret) key) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = address };

    /// <summary>Where it listens, or is told to listen.</summary>
    public Uri Address => address;

    /// <summary>Finds the server of a configuration; <paramref name="url"/> is for one that is reached by another name.</summary>
    public static async Task<RunningServer> FindAsync(BerthOptions options, string? url, CancellationToken cancel)
    {
        if (!Uri.TryCreate(url ?? UrlOf(options), UriKind.Absolute, out var address))
        {
            throw new ConfigurationException($"--endpoint-url is '{url}'; allowed is: a URL such as https://registry.example:5050");
        }

        var path = RootAccount.CredentialsIn(options.Data);
        var key = options is { RootAccessKeyId: { } id, RootSecretAccessKey: { } secret } ? (id, secret)
            : await CredentialsFile.ReadAsync(path, cancel) ?? throw new ConfigurationException($"the file '{path}' holds no access key");
        return new(address, options.Region.ToString(), key);
    }

    /// <summary>Calls an operation of Berth's own service. What the server refuses is a <see cref="ConfigurationException"/>.</summary>
    public async Task<JsonElement> CallAsync(string operation, object request, CancellationToken cancel)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request);
        using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        Sign(message, $"{DeliveryService.TargetPrefix}.{operation}", body);
        try
        {
            using var response = await http.SendAsync(message, cancel);
            var answer = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsByteArrayAsync(cancel));
            return response.IsSuccessStatusCode ? answer : throw new ConfigurationException($"the server refused: {MessageIn(answer)}");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException)
        {
            throw new ConfigurationException($"no Berth answers at {address}: {exception.Message}");
        }
    }

    /// <summary>Everything that an operation lists page by page in a member of its answers.</summary>
    public async IAsyncEnumerable<JsonElement> ListAsync(
        string operation, string member, [EnumeratorCancellation] CancellationToken cancel, string? account = null)
    {
        string? next = null;
        do
        {
            var page = await CallAsync(operation, account is null ? (object)new { nextToken = next } : new { nextToken = next, accountId = account }, cancel);
            foreach (var item in page.GetProperty(member).EnumerateArray())
            {
                yield return item;
            }

            next = page.TryGetProperty("nextToken", out var token) ? token.GetString() : null;
        }
        while (next is not null);
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private void Sign(HttpRequestMessage message, string target, byte[] body)
    {
        var timestamp = TimeProvider.System.GetUtcNow().UtcDateTime.ToString(SignatureV4.TimestampFormat, CultureInfo.InvariantCulture);
        var scope = new SignatureScope(timestamp[..SignatureV4.DateFormat.Length], region, DeliveryService.Name);
        var headers = new HeaderDictionary { ["host"] = address.Authority, ["x-amz-date"] = timestamp, ["x-amz-target"] = target };
        string[] signed = [.. headers.Keys.Order(StringComparer.Ordinal)];
        var canonical = SignatureV4.CanonicalRequest(
            new("POST", address.AbsolutePath, "", headers), signed, Convert.ToHexStringLower(SHA256.HashData(body)), scope.Service);
        var signature = SignatureV4.Sign(SignatureV4.SigningKey(key.Secret, scope), SignatureV4.StringToSign(canonical, timestamp, scope));
        message.Headers.Add("X-Amz-Date", timestamp);
        message.Headers.Add("X-Amz-Target", target);
        message.Headers.TryAddWithoutValidation(
            "Authorization",
            $"{SignatureV4.Algorithm} Credential={key.Id}/{scope}, SignedHeaders={string.Join(';', signed)}, Signature={signature}");
    }

    private static string UrlOf(BerthOptions options)
    {
        var listen = options.Listen.OrderBy(address => address.IsLoopback ? 0 : 1).ThenBy(address => address.IsHttps ? 1 : 0).First();
        var isAny = listen.Address is null || listen.Address.Equals(System.Net.IPAddress.Any) || listen.Address.Equals(System.Net.IPAddress.IPv6Any);
        return (isAny ? listen with { Address = null } : listen).ToString();
    }

    private static string MessageIn(JsonElement answer) =>
        answer.TryGetProperty("message", out var message) || answer.TryGetProperty("Message", out message) ? $"{message}" : $"{answer}";
}
