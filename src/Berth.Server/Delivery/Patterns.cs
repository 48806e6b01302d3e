namespace Berth.Server.Delivery;

/// <summary>The patterns of members that several operations have.</summary>
internal static class Patterns
{
    /// <summary>As EC2 makes instance ids.</summary>
    public const string InstanceId = "i-[0-9a-f]{17}";

    /// <summary>An account.</summary>
    public const string RegistryId = "[0-9]{12}";

    /// <summary>A repository's name.</summary>
    public const string RepositoryName = Vocabulary.RepositoryName.Pattern;
}
