using Berth.Vocabulary;

namespace Berth.Server.Metadata;

/// <summary>How what is refused to a pod is spelt: with the codes and statuses of the EKS Auth API.</summary>
internal static class PodErrors
{
    /// <summary>The answer to a fault; null when it is not the pod that it is about.</summary>
    public static MetadataAnswer? Find(Fault fault) => fault switch
    {
        IdentityTokenInvalid => MetadataAnswer.Error(StatusCodes.Status400BadRequest, "InvalidTokenException", fault.Message),
        IdentityTokenExpired => MetadataAnswer.Error(StatusCodes.Status400BadRequest, "ExpiredTokenException", fault.Message),
        SessionRefused => MetadataAnswer.Error(StatusCodes.Status400BadRequest, "AccessDeniedException", fault.Message),
        EntityNotFound => MetadataAnswer.Error(StatusCodes.Status404NotFound, "ResourceNotFoundException", fault.Message),
        IdentityProviderUnreachable =>
            MetadataAnswer.Error(StatusCodes.Status503ServiceUnavailable, "ServiceUnavailableException", fault.Message),
        _ => null,
    };
}
