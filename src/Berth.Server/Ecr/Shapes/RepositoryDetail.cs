using Berth.Registry;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Shapes;

/// <summary>A repository and its settings (ECR's shape <c>Repository</c>).</summary>
internal sealed record RepositoryDetail
{
    public required string RepositoryArn { get; init; }

    public required string RegistryId { get; init; }

    public required string RepositoryName { get; init; }

    public required string RepositoryUri { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string ImageTagMutability { get; init; }

    public IReadOnlyList<ExclusionFilter>? ImageTagMutabilityExclusionFilters { get; init; }

    public required ImageScanningConfiguration ImageScanningConfiguration { get; init; }

    public required EncryptionConfiguration EncryptionConfiguration { get; init; }

    /// <summary>A repository, with the name by which clients of this server reach it.</summary>
    public static RepositoryDetail Of(Repository repository, RegistryHosts hosts) => new()
    {
        RepositoryArn = repository.Id.Arn,
        RegistryId = repository.Id.Account.ToString(),
        RepositoryName = repository.Id.Name.ToString(),
        RepositoryUri = $"{hosts.HostOf(repository.Id.Registry)}/{repository.Id.Name}",
        CreatedAt = repository.CreatedAt,
        ImageTagMutability = repository.TagMutability.Setting.Wire(),
        ImageTagMutabilityExclusionFilters = ExclusionFilter.Of(repository.TagMutability),
        ImageScanningConfiguration = new() { ScanOnPush = repository.ScanOnPush },
        EncryptionConfiguration = new() { EncryptionType = EncryptionConfiguration.ServiceKey },
    };
}
