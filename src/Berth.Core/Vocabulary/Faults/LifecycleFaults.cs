namespace Berth.Vocabulary;

/// <summary>The repository has no lifecycle policy.</summary>
public sealed record LifecyclePolicyNotFound(RepositoryId Repository)
    : Fault($"Lifecycle policy does not exist for the repository with name '{Repository.Name}' in the registry with id '{Repository.Account}'");

/// <summary>The text is no lifecycle policy.</summary>
/// <param name="Flaws">What ECR's validator says: one sentence a line.</param>
public sealed record LifecyclePolicyInvalid(IReadOnlyList<string> Flaws)
    : Fault($"Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: {string.Concat(Flaws.Select(flaw => $"{flaw}\n"))}'");

/// <summary>No preview was started of the repository.</summary>
public sealed record LifecyclePreviewNotFound(RepositoryId Repository)
    : Fault($"Lifecycle policy preview does not exist for the repository with name '{Repository.Name}' in the registry with id '{Repository.Account}'");

/// <summary>A preview is being made; the next can be started when it is.</summary>
public sealed record LifecyclePreviewInProgress(RepositoryId Repository)
    : Fault($"Lifecycle policy preview is in progress for the repository with name '{Repository.Name}' in the registry with id '{Repository.Account}'");
