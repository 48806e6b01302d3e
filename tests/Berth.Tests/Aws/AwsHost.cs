using System.Net;
using System.Net.Http.Headers;
using Berth.Identity;
using Berth.Server.Aws;
using Berth.Server.Gate;
using Berth.Server.Sts;
using Berth.Tests.Engines;
using Berth.Tests.Gate;
using Berth.Tests.Identity;
using Berth.Trail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Aws;

/// <summary>The AWS wire alone on a real Kestrel, with STS and a JSON service made for tests.</summary>
internal sealed class AwsHost : IAsyncDisposable
{
    private readonly IdentityStore identity;
    private readonly WebApplication server;

    private AwsHost(IdentityStore identity, AccessKey key, WebApplication server)
    {
        this.identity = identity;
        this.server = server;
        Key = key;
        var address = server.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Client = new() { BaseAddress = new(address) };
    }

    private TrailQueue Trail { get; init; } = null!;

    public HttpClient Client { get; }

    public AccessKey Key { get; }

    public FakeTimeProvider Time => identity.Time;

    public MemoryLogger<AwsAnswers> Log { get; private init; } = null!;

    public static async Task<AwsHost> StartAsync()
    {
        var store = await IdentityStore.OpenAsync();
        var keys = store.Keys();
        var key = await store.StartAsync(keys);
        var log = new MemoryLogger<AwsAnswers>();
        var trail = new TrailQueue(store.Database, store.Time, NullLogger<TrailQueue>.Instance);
        var endpoint = new AwsEndpoint(
            new ServiceList(StsService.Create(Authorizers.Sts(store)), SampleService.Create()),
            new AwsGate(
                new Authenticator(keys, new(store.Keyring, store.Ids), Authorizers.Permissions(store.Database, store.Time), new RoleUses(store.Database, store.Time), store.Time),
                new Throttle(new(store.Database, store.Time, new()), store.Time),
                Authorizers.Over(store.Database, store.Keyring, store.Time),
                new(trail, Authorizers.Permissions(store.Database, store.Time), store.Ids, store.Time),
                store.Time),
            new AwsAnswers(store.Ids, store.Time, log));

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(endpoint.HandleAsync);
        await app.StartAsync();
        return new(store, key, app) { Log = log, Trail = trail };
    }

    /// <summary>Signs a call of the sample service as the SDKs do, and sends it.</summary>
    public Task<AwsReply> CallAsync(string operation, string body) =>
        SendAsync(SampleRequest(operation, body), "ecr");

    /// <summary>Signs a Query form as the SDKs do, and sends it.</summary>
    public Task<AwsReply> QueryAsync(string form) => SendAsync(QueryRequest(form), "sts");

    public Task<AwsReply> SendAsync(HttpRequestMessage request, string service)
    {
        new RequestSigner(Key.Id, Key.Secret, service).Sign(request, Time.GetUtcNow());
        return SendAsync(request);
    }

    public async Task<AwsReply> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await Client.SendAsync(request);
            return new(
                (int)response.StatusCode,
                response.Content.Headers.ContentType?.ToString(),
                response.Headers.TryGetValues("x-amzn-RequestId", out var ids) ? ids.Single() : null,
                response.Headers.Date,
                await response.Content.ReadAsStringAsync());
        }
    }

    public HttpRequestMessage SampleRequest(string operation, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Client.BaseAddress)
        {
            Content = new StringContent(body, new MediaTypeHeaderValue("application/x-amz-json-1.1")),
        };
        request.Headers.Add("X-Amz-Target", $"{SampleService.Prefix}.{operation}");
        return request;
    }

    public HttpRequestMessage QueryRequest(string form) => new(HttpMethod.Post, Client.BaseAddress)
    {
        Content = new StringContent(form, new MediaTypeHeaderValue("application/x-www-form-urlencoded", "utf-8")),
    };

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.DisposeAsync();
        await Trail.DisposeAsync();
        await identity.DisposeAsync();
    }
}

/// <summary>What came back.</summary>
internal sealed record AwsReply(int Status, string? ContentType, string? RequestId, DateTimeOffset? Date, string Body);
