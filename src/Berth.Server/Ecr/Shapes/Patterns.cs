namespace Berth.Server.Ecr.Shapes;

/// <summary>The patterns of ECR's model that members of several operations have.</summary>
internal static class Patterns
{
    /// <summary>An account.</summary>
    public const string RegistryId = "[0-9]{12}";

    /// <summary>A repository's name, as ECR's errors print it: the model escapes the slash.</summary>
    public const string RepositoryName = Vocabulary.RepositoryName.Pattern;

    /// <summary>The digest of a layer.</summary>
    public const string LayerDigest = DigestText.Pattern;

    /// <summary>A user or role.</summary>
    public const string PrincipalArn = @"^arn:aws(-[a-z]+)*:iam::[0-9]{12}:(role|user)/[\w+=,.@-]+(/[\w+=,.@-]+)*$";

    /// <summary>An upload session.</summary>
    public const string UploadId = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";
}
