namespace Berth.Vocabulary;

/// <summary>The repository does not exist.</summary>
public sealed record RepositoryNotFound(RepositoryId Repository)
    : Fault($"The repository with name '{Repository.Name}' does not exist in the registry with id '{Repository.Account}'");

/// <summary>The name is taken.</summary>
public sealed record RepositoryAlreadyExists(RepositoryId Repository)
    : Fault($"The repository with name '{Repository.Name}' already exists in the registry with id '{Repository.Account}'");

/// <summary>A repository with images is deleted only by force.</summary>
public sealed record RepositoryNotEmpty(RepositoryId Repository)
    : Fault($"The repository with name '{Repository.Name}' in registry with id '{Repository.Account}' cannot be deleted because it still contains images");

/// <summary>The text is no repository name.</summary>
public sealed record RepositoryNameInvalid(string Text)
    : Fault($"Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression '{RepositoryName.Pattern}''");

/// <summary>The registry holds as many repositories as its quota allows.</summary>
public sealed record TooManyRepositories(RegistryId Registry, int Limit)
    : Fault($"The registry with id '{Registry.Account}' already has the maximum allowed number of repositories which is '{Limit}'");

/// <summary>A customer key was asked for, and there is none.</summary>
public sealed record KeyUnavailable(string Key)
    : Fault($"the encryption key '{Key}' cannot be used: this registry has no customer managed keys yet, use AES256");

/// <summary>A prefix has one template at most.</summary>
public sealed record TemplateAlreadyExists()
    : Fault("The repository creation template already exists. Specify a unique prefix and try again.");

/// <summary>The prefix has no template.</summary>
public sealed record TemplateNotFound()
    : Fault("The specified repository creation template can't be found. Verify the registry ID and prefix and try again.");

/// <summary>A repository cannot be made like its template, because of the role that the template names or lacks.</summary>
/// <param name="Prefix">The template's.</param>
/// <param name="Reason">What is wrong.</param>
public sealed record TemplateRoleUnusable(string Prefix, string Reason)
    : Fault($"the repository cannot be created as the template '{Prefix}' has it: {Reason}");

/// <summary>A resource tag's key or value is not allowed.</summary>
public sealed record ResourceTagInvalid(string Reason) : Fault(Reason);

/// <summary>More resource tags than a repository may carry.</summary>
public sealed record TooManyResourceTags(RepositoryId Repository, int Limit)
    : Fault($"The repository with name '{Repository.Name}' in registry with id '{Repository.Account}' exceeds the maximum allowed number of tags which is '{Limit}'");
