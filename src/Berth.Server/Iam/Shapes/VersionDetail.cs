using Berth.Identity.Entities;

namespace Berth.Server.Iam.Shapes;

/// <summary>A version of a managed policy (IAM's shape <c>PolicyVersion</c>).</summary>
internal sealed record VersionDetail(string? Document, string VersionId, bool IsDefaultVersion, DateTimeOffset CreateDate)
{
    /// <summary>A version without its document, as where it is listed or made (IAM API Reference, PolicyVersion).</summary>
    public static VersionDetail InListing(PolicyVersion version) =>
        new(Document: null, Shapes.VersionId.Of(version.Number), version.IsDefault, version.CreatedAt);

    /// <summary>A version with its document.</summary>
    public static VersionDetail Of(PolicyVersion version) => InListing(version) with { Document = Uri.EscapeDataString(version.Document) };
}
