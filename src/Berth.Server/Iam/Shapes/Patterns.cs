namespace Berth.Server.Iam.Shapes;

/// <summary>The patterns of IAM's model that members of several operations have.</summary>
internal static class Patterns
{
    /// <summary>The name of a user, group, role, policy or instance profile.</summary>
    public const string Name = @"[\w+=,.@-]+";

    /// <summary>The id of an access key.</summary>
    public const string Id = @"[\w]+";

    /// <summary>Where an entity lies.</summary>
    public const string Path = @"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)";

    /// <summary>How the paths of a listing begin.</summary>
    public const string PathPrefix = @"\u002F[\u0021-\u007F]*";

    /// <summary>Where a managed policy lies.</summary>
    public const string PolicyPath = @"((/[A-Za-z0-9\.,\+@=_-]+)*)/";

    /// <summary>A policy's text, before it is read as one.</summary>
    public const string Document = @"[\u0009\u000A\u000D\u0020-\u00FF]+";

    /// <summary>What a role is for.</summary>
    public const string Description = @"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*";

    /// <summary>Where a page begins.</summary>
    public const string Marker = @"[\u0020-\u00FF]+";

    /// <summary>What an account goes by beside its id.</summary>
    public const string AccountAlias = "^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$";

    /// <summary>The key of a tag.</summary>
    public const string TagKey = @"[\p{L}\p{Z}\p{N}_.:/=+\-@]+";

    /// <summary>The value of a tag.</summary>
    public const string TagValue = @"[\p{L}\p{Z}\p{N}_.:/=+\-@]*";
}
