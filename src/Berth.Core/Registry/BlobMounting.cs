namespace Berth.Registry;

/// <summary>When a push is given a layer that another repository of the registry has, instead of uploading it.</summary>
public enum BlobMounting
{
    /// <summary>The account has said nothing: whenever the caller may read the layer where it is, named or found.</summary>
    WhereReadable,

    /// <summary>By ECR's rules: from the repository that the push names, in which an image refers to the layer.</summary>
    Enabled,

    /// <summary>Never.</summary>
    Disabled,
}
