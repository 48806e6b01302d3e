using Berth.Vocabulary;

namespace Berth.Server.Oci;

/// <summary>How the OCI wire spells what went wrong.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">One of the specification's codes, or one of the few that Docker's registry has beside them.</param>
/// <param name="Message">For people; tools search it for ECR's words.</param>
internal sealed record OciError(int Status, string Code, string Message);

/// <summary>The one table from fault to OCI error: ECR's recorded answers, and the specification's where ECR's are not known.</summary>
internal static class OciErrors
{
    /// <summary>The code of what the caller may not do.</summary>
    public const string Denied = "DENIED";

    /// <summary>What is answered for a bug: its message stays in the log.</summary>
    public static OciError Unexpected(string requestId) =>
        new(500, "UNKNOWN", $"an internal error occurred, logged under request id '{requestId}'");

    /// <summary>How a fault is spelled.</summary>
    public static OciError Of(Fault fault) => fault switch
    {
        NotAuthenticated { Reason: AuthenticationFailure.Expired } or AccessDenied or DoorOfOtherService or DoorLeadsElsewhere or DoorOfOtherRegion =>
            Error(403, Denied, fault),
        NotAuthenticated => Error(401, "UNAUTHORIZED", fault),

        RateExceeded => Error(429, "TOOMANYREQUESTS", fault),

        RepositoryNotFound => Error(404, "NAME_UNKNOWN", fault),
        RepositoryNameInvalid => Error(400, "NAME_INVALID", fault),
        TooManyRepositories or TooManyImages or TooManyTags or TemplateRoleUnusable => Error(403, Denied, fault),
        RepositoryAlreadyExists or RepositoryNotEmpty or KeyUnavailable or ResourceTagInvalid or TooManyResourceTags
            or TemplateAlreadyExists or TemplateNotFound or RepositoryPolicyNotFound or RegistryPolicyNotFound or ResourcePolicyInvalid
            or PolicyPrincipalNotFound or LifecyclePolicyNotFound or LifecyclePolicyInvalid or LifecyclePreviewNotFound
            or LifecyclePreviewInProgress or AccountSettingUnknown
            or AccountSettingValueInvalid or PullTimeExclusionExists or PullTimeExclusionNotFound or TooManyPullTimeExclusions =>
            Error(400, "UNSUPPORTED", fault),

        ImageNotFound or TagDoesNotMatchDigest => new(404, "MANIFEST_UNKNOWN", "Requested image not found"),
        ImageNotRecycled or ImageArchived or ImageActivating => Error(404, "MANIFEST_UNKNOWN", fault),
        ImageStorageClassUpdateNotSupported => Error(400, "UNSUPPORTED", fault),
        ImageAlreadyExists => Error(400, "MANIFEST_INVALID", fault),
        TagIsImmutable => Error(400, "TAG_INVALID", fault),
        TagInvalid => Error(400, "UNSUPPORTED", fault),
        ManifestInvalid or ManifestTypeUnsupported or ImageReferencedByIndex => Error(405, "UNSUPPORTED", fault),
        ManifestTooLarge => Error(413, "SIZE_INVALID", fault),
        LayersNotFound => Error(404, "BLOB_UPLOAD_UNKNOWN", fault),
        ReferencedImagesNotFound => Error(404, "MANIFEST_BLOB_UNKNOWN", fault),
        DigestInvalid or ImageDigestMismatch or LayerDigestMismatch => Error(400, "DIGEST_INVALID", fault),

        LayerNotFound or LayerInaccessible or LayerArchived => Error(404, "BLOB_UNKNOWN", fault),
        LayerInUse => Error(405, "UNSUPPORTED", fault),
        UploadNotFound => Error(404, "BLOB_UPLOAD_UNKNOWN", fault),
        UploadInUse => Error(409, "BLOB_UPLOAD_INVALID", fault),
        LayerPartOutOfOrder => Error(416, "BLOB_UPLOAD_INVALID", fault),
        LayerPartTooSmall or LayerAlreadyExists or UploadEmpty => Error(400, "BLOB_UPLOAD_INVALID", fault),
        LayerPartLengthWrong => Error(400, "SIZE_INVALID", fault),
        LayerTooLarge or RequestTooLarge => Error(413, "SIZE_INVALID", fault),
        RangeNotSatisfiable => Error(416, "SIZE_INVALID", fault),

        ParameterInvalid or OperationUnknown => Error(405, "UNSUPPORTED", fault),
        NotOffered => Error(404, "UNSUPPORTED", fault),
        LookupInvalid or ConstraintsViolated or PageTokenInvalid or ArnInvalid or RequestUnreadable
            or QuotaUnknown or QuotaOutOfRange => Error(400, "UNSUPPORTED", fault),

        EntityNotFound or IdentityNotFound or EntityAlreadyExists or EntityInUse or IdentityQuotaExceeded or PolicyMalformed
            or IdentityInputInvalid or IdentityValidationFailed or EntityUnmodifiable or PolicyNotAttachable
            or TooManyPolicyVersions or InlinePoliciesTooLarge or SessionRefused or SessionTagsInvalid or PackedPolicyTooLarge
            or IdentityTokenInvalid or IdentityTokenExpired or IdentityClaimRejected or IdentityProviderUnreachable or AuthorizationMessageInvalid =>
            Error(400, "UNSUPPORTED", fault),
        NetworkObjectNotFound or NetworkIdMalformed or NetworkObjectInUse or NetworkRefused or DryRunPassed => Error(400, "UNSUPPORTED", fault),
        OrganizationPolicyNotFound or OrganizationPolicyExists or OrganizationPolicyInUse or OrganizationPolicyAttached
            or OrganizationPolicyNotAttached or OrganizationPolicyTypeNotAvailable or OrganizationTargetNotFound
            or OrganizationAccountNotFound or OrganizationAccountRequestNotFound or OrganizationConstraintViolated =>
            Error(400, "UNSUPPORTED", fault),
        ResourceHandlerFailed or ResourceAlreadyExists or ResourcePropertiesInvalid => Error(400, "UNSUPPORTED", fault),

        TemplateInvalid or StackRequestInvalid or StackNotFound or StackAbsent or StackAlreadyExists or TooManyStacks or CapabilityMissing
            or ChangeSetNotFound or ChangeSetNotExecutable => Error(400, "UNSUPPORTED", fault),

        EndpointRefused => Error(400, "UNSUPPORTED", fault),

        StorageFull => Error(507, "UNAVAILABLE", fault),
        StorageUnavailable => Error(503, "UNAVAILABLE", fault),
        ContentDamaged => Error(500, "UNKNOWN", fault),

        _ => throw new NotSupportedException($"the fault {fault.GetType().Name} has no OCI error yet"),
    };

    private static OciError Error(int status, string code, Fault fault) => new(status, code, fault.Message);
}
