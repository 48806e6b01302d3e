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

    // A signature covers the whole body, so it must lie in memory before the first byte of it can be trusted. What grows
    // beyond the usual waits for a place: memory is bounded by the places, not by how many callers send layer parts at once.
    private const int UsualBody = 1024 * 1024;
    private static readonly SemaphoreSlim LargeBodies = new(Math.Max(4, Environment.ProcessorCount));

    private const string FormType = "application/x-www-form-urlencoded";

    private readonly PooledBuffer buffer = new();
    private Dictionary<string, StringValues>? form;
    private bool hasPlace;

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
    public void Dispose()
    {
        buffer.Dispose();
        if (hasPlace)
        {
            hasPlace = false;
            LargeBodies.Release();
        }
    }

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

        // Memory grows with what arrives, not with what a header promises; only from a place on is the promise believed.
        while (await Http.Body.ReadAsync(buffer.GetMemory(), cancel) is > 0 and var read)
        {
            buffer.Advance(read);
            if (buffer.Length > LongestBody)
            {
                throw new RequestTooLarge(LongestBody).AsException();
            }

            if (buffer.Length > UsualBody && !hasPlace)
            {
                await LargeBodies.WaitAsync(cancel);
                hasPlace = true;

                // One byte more, for the read that finds the end.
                buffer.Reserve((int)(Http.ContentLength ?? 0) + 1);
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
