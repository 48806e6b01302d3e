using Berth.Vocabulary;

namespace Berth.Server.Aws;

/// <summary>The one table from fault to AWS error.</summary>
internal static class AwsErrors
{
    /// <summary>What is answered for a bug: its message stays in the log.</summary>
    public static AwsError Unexpected(ErrorStyle style) =>
        new(style switch { ErrorStyle.Ecr => "ServerException", ErrorStyle.Ec2 => "InternalError", _ => "InternalFailure" }, 500, "The request failed because of an internal error.");

    /// <summary>How a fault is spelled.</summary>
    public static AwsError Of(Fault fault, ErrorStyle style) =>
        style switch
        {
            ErrorStyle.Ec2 => Ec2Errors.Find(fault),
            ErrorStyle.Query => OfQuery(fault),
            _ => null,
        }
        ?? OfJson(fault);

    private static AwsError OfJson(Fault fault) => fault switch
    {
        NotAuthenticated { Reason: AuthenticationFailure.Missing } => Refusal(fault, "MissingAuthenticationTokenException"),
        NotAuthenticated { Reason: AuthenticationFailure.Malformed } => Refusal(fault, "IncompleteSignatureException"),
        NotAuthenticated { Reason: AuthenticationFailure.UnknownToken } => Refusal(fault, "UnrecognizedClientException"),
        NotAuthenticated { Reason: AuthenticationFailure.Expired } => Refusal(fault, "ExpiredTokenException"),
        NotAuthenticated => Refusal(fault, "InvalidSignatureException"),
        AccessDenied or DoorOfOtherService or DoorLeadsElsewhere or DoorOfOtherRegion =>
            Refusal(fault, "AccessDeniedException") with { IsFromAccessLayer = true },

        RateExceeded => Refusal(fault, "ThrottlingException"),
        OperationUnknown or NotOffered => Refusal(fault, "UnknownOperationException"),
        RequestUnreadable => Refusal(fault, "SerializationException"),
        RequestTooLarge => new("RequestEntityTooLargeException", 413, fault.Message),

        ParameterInvalid or ConstraintsViolated or PageTokenInvalid or ArnInvalid or RepositoryNameInvalid or TagInvalid
            or DigestInvalid or ManifestInvalid or ManifestTypeUnsupported or ManifestTooLarge or RangeNotSatisfiable
            or LayerInUse or TagDoesNotMatchDigest or ResourcePolicyInvalid or PolicyPrincipalNotFound
            or QuotaUnknown or QuotaOutOfRange or TemplateRoleUnusable or LifecyclePolicyInvalid => Refusal(fault, "InvalidParameterException"),

        RepositoryNotFound => Refusal(fault, "RepositoryNotFoundException"),
        RepositoryAlreadyExists => Refusal(fault, "RepositoryAlreadyExistsException"),
        RepositoryNotEmpty => Refusal(fault, "RepositoryNotEmptyException"),
        RepositoryPolicyNotFound => Refusal(fault, "RepositoryPolicyNotFoundException"),
        RegistryPolicyNotFound => Refusal(fault, "RegistryPolicyNotFoundException"),
        TemplateAlreadyExists => Refusal(fault, "TemplateAlreadyExistsException"),
        TemplateNotFound => Refusal(fault, "TemplateNotFoundException"),
        LifecyclePreviewNotFound => Refusal(fault, "LifecyclePolicyPreviewNotFoundException"),
        LifecyclePreviewInProgress => Refusal(fault, "LifecyclePolicyPreviewInProgressException"),
        LifecyclePolicyNotFound => Refusal(fault, "LifecyclePolicyNotFoundException"),
        AccountSettingUnknown or AccountSettingValueInvalid => Refusal(fault, "ValidationException"),
        PullTimeExclusionExists => Refusal(fault, "ExclusionAlreadyExistsException"),
        PullTimeExclusionNotFound => Refusal(fault, "ExclusionNotFoundException"),
        ResourceTagInvalid => Refusal(fault, "InvalidTagParameterException"),
        TooManyResourceTags => Refusal(fault, "TooManyTagsException"),
        KeyUnavailable => Refusal(fault, "KmsException", ("kmsError", "NotFoundException")),
        TooManyRepositories or TooManyImages or TooManyTags or LayerTooLarge or TooManyPullTimeExclusions => Refusal(fault, "LimitExceededException"),

        ImageNotFound or ImageNotRecycled => Refusal(fault, "ImageNotFoundException"),
        ImageAlreadyExists => Refusal(fault, "ImageAlreadyExistsException"),
        TagIsImmutable => Refusal(fault, "ImageTagAlreadyExistsException"),
        ImageDigestMismatch => Refusal(fault, "ImageDigestDoesNotMatchException"),
        ImageArchived or ImageActivating => Refusal(fault, "ImageArchivedException"),
        ImageStorageClassUpdateNotSupported => Refusal(fault, "ImageStorageClassUpdateNotSupportedException"),
        ReferencedImagesNotFound or ImageReferencedByIndex => Refusal(fault, "ReferencedImagesNotFoundException"),

        LayersNotFound or LayerNotFound => Refusal(fault, "LayersNotFoundException"),
        LayerInaccessible or LayerArchived => Refusal(fault, "LayerInaccessibleException"),
        LayerAlreadyExists => Refusal(fault, "LayerAlreadyExistsException"),
        LayerPartTooSmall => Refusal(fault, "LayerPartTooSmallException"),
        LayerDigestMismatch => Refusal(fault, "InvalidLayerException"),
        LayerPartOutOfOrder part => BadPart(part, part.Repository, part.Upload, part.Expected),
        LayerPartLengthWrong part => BadPart(part, part.Repository, part.Upload, part.Received),
        UploadNotFound => Refusal(fault, "UploadNotFoundException"),
        UploadEmpty => Refusal(fault, "EmptyUploadException"),

        // Faults of IAM and STS, whose answers are OfQuery's; ECR meets them only in a policy.
        EntityNotFound or IdentityNotFound or EntityAlreadyExists or EntityInUse or IdentityInputInvalid
            or IdentityValidationFailed or EntityUnmodifiable or PolicyNotAttachable => Refusal(fault, "InvalidParameterException"),
        IdentityQuotaExceeded or TooManyPolicyVersions or InlinePoliciesTooLarge => Refusal(fault, "LimitExceededException"),
        SessionRefused => Refusal(fault, "AccessDeniedException"),
        SessionTagsInvalid or PackedPolicyTooLarge or IdentityTokenInvalid or IdentityTokenExpired or IdentityClaimRejected
            or IdentityProviderUnreachable or AuthorizationMessageInvalid => Refusal(fault, "InvalidParameterException"),

        // Faults of EC2, whose answers are Ec2Errors'.
        NetworkObjectNotFound or NetworkIdMalformed or NetworkObjectInUse or NetworkRefused or DryRunPassed =>
            Refusal(fault, "InvalidParameterException"),

        LookupInvalid { Mistake: LookupMistake.Attributes } => Refusal(fault, "InvalidLookupAttributesException"),
        LookupInvalid { Mistake: LookupMistake.TimeRange } => Refusal(fault, "InvalidTimeRangeException"),
        LookupInvalid { Mistake: LookupMistake.MaxResults } => Refusal(fault, "InvalidMaxResultsException"),
        LookupInvalid { Mistake: LookupMistake.NextToken } => Refusal(fault, "InvalidNextTokenException"),
        LookupInvalid => Refusal(fault, "InvalidEventCategoryException"),

        PolicyMalformed => Refusal(fault, "MalformedPolicyDocumentException"),
        OrganizationPolicyNotFound => Refusal(fault, "PolicyNotFoundException"),
        OrganizationPolicyExists => Refusal(fault, "DuplicatePolicyException"),
        OrganizationPolicyInUse => Refusal(fault, "PolicyInUseException"),
        OrganizationPolicyAttached => Refusal(fault, "DuplicatePolicyAttachmentException"),
        OrganizationPolicyNotAttached => Refusal(fault, "PolicyNotAttachedException"),
        OrganizationPolicyTypeNotAvailable => Refusal(fault, "PolicyTypeNotAvailableForOrganizationException"),
        OrganizationTargetNotFound => Refusal(fault, "TargetNotFoundException"),
        OrganizationAccountNotFound => Refusal(fault, "AccountNotFoundException"),
        OrganizationAccountRequestNotFound => Refusal(fault, "CreateAccountStatusNotFoundException"),
        OrganizationConstraintViolated => Refusal(fault, "ConstraintViolationException"),

        // What goes wrong with a resource stands in its stack's events, not in an answer.
        ResourceHandlerFailed or ResourceAlreadyExists or ResourcePropertiesInvalid => Refusal(fault, "ValidationException"),

        // Faults of CloudFormation, whose answers are OfQuery's.
        TemplateInvalid or StackRequestInvalid or StackNotFound or StackAbsent or CapabilityMissing or ChangeSetNotFound or ChangeSetNotExecutable
            or StackAlreadyExists => Refusal(fault, "InvalidParameterException"),
        TooManyStacks => Refusal(fault, "LimitExceededException"),
        EndpointRefused => Refusal(fault, "InvalidParameterException"),

        UploadInUse or StorageFull or ContentDamaged => new("ServerException", 500, fault.Message),
        StorageUnavailable => new("ServiceUnavailableException", 503, fault.Message),

        _ => throw new NotSupportedException($"the fault {fault.GetType().Name} has no AWS error yet"),
    };

    // Where the Query services' common layer differs; the rest is the operation's own.
    private static AwsError? OfQuery(Fault fault) => fault switch
    {
        NotAuthenticated { Reason: AuthenticationFailure.Missing } =>
            new("MissingAuthenticationToken", 403, "Request is missing Authentication Token"),
        NotAuthenticated { Reason: AuthenticationFailure.Malformed } => Refusal(fault, "IncompleteSignature"),
        NotAuthenticated { Reason: AuthenticationFailure.UnknownToken } => new("InvalidClientTokenId", 403, fault.Message),
        NotAuthenticated { Reason: AuthenticationFailure.Expired } => new("ExpiredToken", 403, fault.Message),
        NotAuthenticated => new("SignatureDoesNotMatch", 403, fault.Message),
        AccessDenied or SessionRefused or DoorOfOtherService or DoorLeadsElsewhere or DoorOfOtherRegion => new("AccessDenied", 403, fault.Message),
        RateExceeded => Refusal(fault, "Throttling"),
        SessionTagsInvalid => Refusal(fault, "InvalidParameterValue"),
        PackedPolicyTooLarge => Refusal(fault, "PackedPolicyTooLarge"),
        IdentityTokenInvalid => Refusal(fault, "InvalidIdentityToken"),
        IdentityTokenExpired => Refusal(fault, "ExpiredTokenException"),
        IdentityClaimRejected => new("IDPRejectedClaim", 403, fault.Message),
        IdentityProviderUnreachable => Refusal(fault, "IDPCommunicationError"),
        AuthorizationMessageInvalid => Refusal(fault, "InvalidAuthorizationMessageException"),
        ParameterInvalid or ConstraintsViolated or IdentityValidationFailed
            or ResourceHandlerFailed or ResourceAlreadyExists or ResourcePropertiesInvalid => Refusal(fault, "ValidationError"),
        PageTokenInvalid => new("ValidationError", 400, "the marker was not given for this listing"),
        EntityNotFound or IdentityNotFound => new("NoSuchEntity", 404, fault.Message),
        EntityAlreadyExists => new("EntityAlreadyExists", 409, fault.Message),
        EntityInUse => new("DeleteConflict", 409, fault.Message),
        IdentityQuotaExceeded or TooManyPolicyVersions or InlinePoliciesTooLarge => new("LimitExceeded", 409, fault.Message),
        PolicyMalformed => Refusal(fault, "MalformedPolicyDocument"),
        IdentityInputInvalid => Refusal(fault, "InvalidInput"),
        EntityUnmodifiable => Refusal(fault, "UnmodifiableEntity"),
        PolicyNotAttachable => Refusal(fault, "PolicyNotAttachable"),
        TemplateInvalid or StackRequestInvalid or StackNotFound or StackAbsent => Refusal(fault, "ValidationError"),
        StackAlreadyExists => Refusal(fault, "AlreadyExistsException"),
        TooManyStacks => Refusal(fault, "LimitExceededException"),
        CapabilityMissing => Refusal(fault, "InsufficientCapabilitiesException"),
        ChangeSetNotFound => new("ChangeSetNotFound", 404, fault.Message),
        ChangeSetNotExecutable => Refusal(fault, "InvalidChangeSetStatus"),
        OperationUnknown or NotOffered => Refusal(fault, "InvalidAction"),
        RequestUnreadable => Refusal(fault, "MalformedInput"),
        StorageUnavailable => new("ServiceUnavailable", 503, fault.Message),
        StorageFull or ContentDamaged => new("InternalFailure", 500, fault.Message),
        _ => null,
    };

    private static AwsError BadPart(Fault fault, RepositoryId repository, UploadId upload, long received) => Refusal(
        fault,
        "InvalidLayerPartException",
        ("registryId", repository.Account.ToString()),
        ("repositoryName", repository.Name.ToString()),
        ("uploadId", upload.ToString()),
        ("lastValidByteReceived", Math.Max(0, received - 1)));

    private static AwsError Refusal(Fault fault, string code, params ReadOnlySpan<(string Name, object Value)> members)
    {
        var error = new AwsError(code, 400, fault.Message);
        return members.IsEmpty ? error : error with { Members = [.. members.ToArray().Select(m => KeyValuePair.Create(m.Name, m.Value))] };
    }
}
