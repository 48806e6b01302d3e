using Berth.Vocabulary;

namespace Berth.Trail;

/// <summary>Something that the registry did of itself.</summary>
/// <param name="Registry">Whose registry.</param>
/// <param name="Name">Such as <c>PolicyExecutionEvent</c>.</param>
/// <param name="Details">
/// What <c>serviceEventDetails</c> holds: an object whose properties are written with a small first letter. A record is at most 256 KiB
/// long; what is longer is split into several events by whoever knows how.
/// </param>
public sealed record ServiceEvent(RegistryId Registry, string Name, object Details)
{
    /// <summary>The service, as <c>eventSource</c>.</summary>
    public string Source { get; init; } = "ecr.amazonaws.com";

    /// <summary>Whether it is recorded as changing nothing, as ECR records its lifecycle runs.</summary>
    public bool IsReadOnly { get; init; } = true;

    /// <summary>What it was about.</summary>
    public IReadOnlyList<TrailResource> Resources { get; init; } = [];

    /// <summary>An event about one repository.</summary>
    public static ServiceEvent Of(RepositoryId repository, string name, object details) =>
        new(repository.Registry, name, details) { Resources = [new(TrailResource.Repository, repository.Arn)] };
}
