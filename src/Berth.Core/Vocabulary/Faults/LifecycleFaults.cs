namespace Berth.Vocabulary;

/// <summary>The repository has no lifecycle policy.</summary>
public sealed record LifecyclePolicyNotFound(RepositoryId Repository)
    : Fault($"Lifecycle policy does not exist for the repository with name '{Repository.Name}' in the registry with id '{Repository.Account}'");

/// <summary>The text is no lifecycle policy.</summary>
/// <param name="Flaws">What ECR's validator says: one sentence a line.</param>
public sealed record LifecyclePolicyInvalid(IReadOnlyList<string> Flaws)
    : Fault($"Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: {string.Concat(Flaws.Select(flaw => $"{flaw}\n"))}'");
