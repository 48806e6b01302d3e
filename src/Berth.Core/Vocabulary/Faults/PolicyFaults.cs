namespace Berth.Vocabulary;

/// <summary>The repository has no policy.</summary>
public sealed record RepositoryPolicyNotFound(RepositoryId Repository)
    : Fault($"Repository policy does not exist for the repository with name '{Repository.Name}' in the registry with id '{Repository.Account}'");

/// <summary>The registry has no policy.</summary>
public sealed record RegistryPolicyNotFound(RegistryId Registry)
    : Fault($"Registry policy does not exist in the registry with id '{Registry.Account}'");

/// <summary>The text is no policy of a repository or registry; ECR does not say why.</summary>
/// <param name="Kind"><c>repository</c> or <c>registry</c>.</param>
/// <param name="Reason">What ECR's text does not say: what is wrong, and where. For the log.</param>
public sealed record ResourcePolicyInvalid(string Kind, string Reason)
    : Fault($"Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid {Kind} policy provided'");

/// <summary>A policy names a user or role that is not there.</summary>
/// <param name="Principal">The ARN or id. For the log.</param>
public sealed record PolicyPrincipalNotFound(string Principal)
    : Fault("Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Principal not found'");
