namespace Berth.Server.Iam.Shapes;

/// <summary>A permissions boundary as users and roles show it.</summary>
internal sealed record AttachedBoundary(string PermissionsBoundaryType, string PermissionsBoundaryArn)
{
    /// <summary>The boundary of that ARN; null for none.</summary>
    public static AttachedBoundary? Of(string? arn) => arn is null ? null : new("PermissionsBoundaryPolicy", arn);
}
