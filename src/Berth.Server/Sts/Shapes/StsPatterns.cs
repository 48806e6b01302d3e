namespace Berth.Server.Sts.Shapes;

/// <summary>The regular expressions of STS's model.</summary>
internal static class StsPatterns
{
    /// <summary>Any ARN.</summary>
    public const string Arn = @"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+";

    /// <summary>Names of sessions and federated users, and source identities.</summary>
    public const string Name = @"[\w+=,.@-]*";

    /// <summary>A policy's text.</summary>
    public const string Policy = @"[\u0009\u000A\u000D\u0020-\u00FF]+";

    /// <summary>A tag's key.</summary>
    public const string TagKey = @"[\p{L}\p{Z}\p{N}_.:/=+\-@]+";

    /// <summary>A tag's value.</summary>
    public const string TagValue = @"[\p{L}\p{Z}\p{N}_.:/=+\-@]*";

    /// <summary>What a third party was told to name.</summary>
    public const string ExternalId = @"[\w+=,.@:\/-]*";

    /// <summary>The name of a device for codes.</summary>
    public const string SerialNumber = @"[\w+=/:,.@-]*";

    /// <summary>The code of such a device.</summary>
    public const string TokenCode = @"[\d]*";

    /// <summary>An access key's id.</summary>
    public const string AccessKeyId = @"[\w]*";
}
