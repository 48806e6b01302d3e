namespace Berth.Vocabulary;

/// <summary>A registry: everything one account may hold in one Region.</summary>
public readonly record struct RegistryId(AccountId Account, RegionName Region)
{
    /// <summary>The ARN that IAM checks for a call on all repositories, or with a name, on that one.</summary>
    public string RepositoryArn(string name) =>
        $"arn:{Region.Partition}:ecr:{Region}:{Account}:repository/{name}";
}
