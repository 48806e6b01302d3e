using System.Security.Cryptography;
using Berth.Vocabulary;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Berth.Server.Aws;

/// <summary>A request as it came: its body in memory, read once, and what it asks for.</summary>
internal sealed class AwsRequest : IDisposable
{
    /// <summary>The longest body: a layer part of 20 MiB is 27 MiB in base 64.</summary>
    public const int LongestBody = 32 * 1024 * 1024;

    private const string FormType = "application/x-www-form-urlencoded";

    private readonly PooledBuffer buffer = new();
    private Dictionary<string, StringValues>? form;

    private AwsRequest(HttpRequest http) => Http = http;

    /// <summary>Its line and headers.</summary>
    public HttpRequest Http { get; }

    /// <summary>Its body; empty when it has none.</summary>
    public ReadOnlyMemory<byte> Body => buffer.Written;

    /// <summary>What a JSON service calls the operation: target prefix, dot, name. Null for a Query request.</summary>
    public string? Target => Http.Headers[Json11.TargetHeader] is [{ } target, ..] ? target : null;

    /// <summary>The parameters of a Query request, from its body, or from the query string of one that has none.</summary>
    public IReadOnlyDictionary<string, StringValues> Form => form ??= ReadForm();

    /// <summary>Reads a request to its end; a body that is too long is the fault <see cref="RequestTooLarge"/>.</summary>
    public static async Task<AwsRequest> ReadAsync(HttpRequest http, CancellationToken cancel)
    {
        var request = new AwsRequest(http);
        try
        {
            await request.ReadBodyAsync(cancel);
            return request;
        }
        catch (BadHttpRequestException broken)
        {
            request.Dispose();
            throw new RequestUnreadable(broken.Message).AsException();
        }
        catch
        {
            request.Dispose();
            throw;
        }
    }

    /// <summary>The SHA-256 of the body in lower-case hex.</summary>
    public string HashBody() => Convert.ToHexStringLower(SHA256.HashData(Body.Span));

    /// <inheritdoc/>
    public void Dispose() => buffer.Dispose();

    private async Task ReadBodyAsync(CancellationToken cancel)
    {
        // The server's own limit would cut the connection before the client has read why.
        if (Http.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        if (Http.ContentLength > LongestBody)
        {
            throw new RequestTooLarge(LongestBody).AsException();
        }

        // Memory grows with what arrives, not with what a header promises.
        while (await Http.Body.ReadAsync(buffer.GetMemory(), cancel) is > 0 and var read)
        {
            buffer.Advance(read);
            if (buffer.Length > LongestBody)
            {
                throw new RequestTooLarge(LongestBody).AsException();
            }
        }
    }

    private Dictionary<string, StringValues> ReadForm()
    {
        if (Body.IsEmpty)
        {
            return Http.Query.ToDictionary(StringComparer.Ordinal);
        }

        if (Http.ContentType?.StartsWith(FormType, StringComparison.OrdinalIgnoreCase) is not true)
        {
            return [];
        }

        try
        {
            using var reader = new FormReader(System.Text.Encoding.UTF8.GetString(Body.Span));
            return new(reader.ReadForm(), StringComparer.Ordinal);
        }
        catch (InvalidDataException broken)
        {
            throw new RequestUnreadable(broken.Message).AsException();
        }
    }
}
