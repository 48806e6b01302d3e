namespace Berth.Vocabulary;

/// <summary>Which repository: its registry and its name. Says nothing of whether it exists.</summary>
public readonly record struct RepositoryId(RegistryId Registry, RepositoryName Name)
{
    /// <summary>The account that owns the repository.</summary>
    public AccountId Account => Registry.Account;

    /// <summary>The repository's ARN, <c>arn:aws:ecr:region:account:repository/name</c>.</summary>
    public string Arn => Registry.RepositoryArn(Name.ToString());
}
