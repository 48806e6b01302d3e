using Berth.Vocabulary;

namespace Berth.Server.Ecr.Shapes;

/// <summary>Why one image of a batch was passed over. The batch itself succeeds.</summary>
internal sealed record ImageFailure(ImageId ImageId, string FailureCode, string FailureReason)
{
    /// <summary>How a fault is spelled within a batch.</summary>
    public static ImageFailure Of(ImageId id, Fault fault) => (id, fault) switch
    {
        ({ ImageDigest: null, ImageTag: null }, _) =>
            new(id, "MissingDigestAndTag", "Invalid request parameters: both tag and digest cannot be null"),
        (_, DigestInvalid) =>
            new(id, "InvalidImageDigest", $"Invalid request parameters: image digest should satisfy the regex '{DigestText.Pattern}'"),
        (_, TagInvalid) =>
            new(id, "InvalidImageTag", $"Invalid request parameters: image tag should satisfy the regex '{Tag.Pattern}'"),
        (_, TagDoesNotMatchDigest) => new(id, "ImageTagDoesNotMatchDigest", fault.Message),
        (_, ImageReferencedByIndex) => new(id, "ImageReferencedByManifestList", fault.Message),
        (_, ImageArchived or ImageActivating) => new(id, "ImageInaccessible", fault.Message),
        (_, ImageNotFound) => new(id, "ImageNotFound", "Requested image not found"),
        _ => throw fault.AsException(),
    };
}
