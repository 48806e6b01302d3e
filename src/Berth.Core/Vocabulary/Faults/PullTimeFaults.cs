namespace Berth.Vocabulary;

/// <summary>The user or role is excluded already.</summary>
public sealed record PullTimeExclusionExists(RegistryId Registry, string Principal)
    : Fault($"The pull time update exclusion for the principal '{Principal}' already exists in the registry with id '{Registry.Account}'");

/// <summary>The user or role is not excluded.</summary>
public sealed record PullTimeExclusionNotFound(RegistryId Registry, string Principal)
    : Fault($"The pull time update exclusion for the principal '{Principal}' does not exist in the registry with id '{Registry.Account}'");

/// <summary>The registry excludes as many users and roles as it may.</summary>
public sealed record TooManyPullTimeExclusions(RegistryId Registry, int Limit)
    : Fault($"The registry with id '{Registry.Account}' already has the maximum allowed number of pull time update exclusions which is '{Limit}'");
