namespace Berth.Vocabulary;

/// <summary>Which repository: its registry and its name. Says nothing of whether it exists.</summary>
public readonly record struct RepositoryId(RegistryId Registry, RepositoryName Name)
{
    /// <summary>The account that owns the repository.</summary>
    public AccountId Account => Registry.Account;

    /// <summary>The repository's ARN, <c>arn:aws:ecr:region:account:repository/name</c>.</summary>
    public string Arn => Registry.RepositoryArn(Name.ToString());

    /// <summary>Reads a repository's ARN; text that is none is the fault <see cref="ArnInvalid"/>.</summary>
    public static RepositoryId ParseArn(string arn) =>
        arn.Split(':', 6) is ["arn", var partition, "ecr", var regionName, var accountId, var resource]
        && RegionName.TryParse(regionName, out var region)
        && string.Equals(region.Partition, partition, StringComparison.Ordinal)
        && AccountId.TryParse(accountId, out var account)
        && resource.Split('/', 2) is ["repository", var text]
        && RepositoryName.TryParse(text, out var name)
            ? new(new(account, region), name)
            : throw new ArnInvalid(arn).AsException();
}
