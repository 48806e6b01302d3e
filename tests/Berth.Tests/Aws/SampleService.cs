using System.Text.Json.Serialization;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Tests.Aws;

/// <summary>A JSON service with one operation of every kind a test wants.</summary>
internal static class SampleService
{
    public const string Prefix = "SampleService_V20260115";

    public static Service Create() =>
        new Service("ecr", new Json11(Prefix))
            .Add(() => new Echo())
            .Add(() => new ReadRepository())
            .Add(() => new Stumble());
}

internal sealed record ResourceTag
{
    [Length(1, 8)]
    [JsonPropertyName("Key")]
    public required string Key { get; init; }

    [JsonPropertyName("Value")]
    public string? Value { get; init; }
}

/// <summary>Answers what it was given.</summary>
internal sealed class Echo : Operation<Echo.Request, Echo.Response>
{
    public sealed record Request
    {
        [Length(2, 8), Pattern("[a-z]+")]
        public required string Name { get; init; }

        [Range(1, 1000)]
        public int? MaxResults { get; init; }

        [Values("MUTABLE", "IMMUTABLE")]
        public string? Mutability { get; init; }

        [Count(1, 2), Pattern("[0-9]{3}")]
        public IReadOnlyList<string>? Numbers { get; init; }

        public IReadOnlyList<ResourceTag>? Tags { get; init; }

        public ResourceTag? Outer { get; init; }

        public bool? Force { get; init; }

        public required long? First { get; init; }

        [Length(0, 4)]
        public byte[]? Blob { get; init; }

        public DateTimeOffset? Since { get; init; }
    }

    public sealed record Response(Request Given, IReadOnlyList<string> Failures);

    public override AccessLevel Level => AccessLevel.Read;

    protected override Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        Task.FromResult(new Response(request, []));
}

/// <summary>Is checked against the repository it names.</summary>
internal sealed class ReadRepository : Operation<ReadRepository.Request, ReadRepository.Response>
{
    public sealed record Request
    {
        public string? RegistryId { get; init; }

        public required string RepositoryName { get; init; }
    }

    public sealed record Response(string Arn, string Caller, string Region, DateTimeOffset At);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) =>
        call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var repository = call.Repository(request.RegistryId, request.RepositoryName);
        return Task.FromResult(new Response(repository.Arn, call.Caller.Arn, call.Region.ToString(), call.Time));
    }
}

/// <summary>Has a bug.</summary>
internal sealed class Stumble : Operation<Stumble.Request, Stumble.Response>
{
    public sealed record Request;

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        throw new InvalidOperationException("the password is swordfish");
}
