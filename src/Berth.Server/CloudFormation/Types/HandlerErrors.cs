using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Types;

/// <summary>How the events of a stack say what went wrong with a resource.</summary>
internal static class HandlerErrors
{
    /// <summary>What a service refused.</summary>
    /// <param name="refusal">The refusal.</param>
    /// <param name="token">The id of what was tried with the resource.</param>
    public static ResourceHandlerFailed Of(ServiceRefusal refusal, string token) => Say(
        $"{refusal.Message} (Service: {refusal.Service}, Status Code: {refusal.Error.Status}, Request ID: {refusal.RequestId})",
        CodeOf(refusal.Error.Code),
        token);

    /// <summary>What the type itself refused: a name that is taken, or properties.</summary>
    /// <param name="fault">Which.</param>
    /// <param name="token">The id of what was tried with the resource.</param>
    public static ResourceHandlerFailed Of(Fault fault, string token) =>
        Say(fault.Message, fault is ResourceAlreadyExists ? "AlreadyExists" : "InvalidRequest", token);

    private static ResourceHandlerFailed Say(string message, string code, string token) =>
        new($"Resource handler returned message: \"{message}\" (RequestToken: {token}, HandlerErrorCode: {code})", code);

    // The classes that the handlers of ECR, IAM and EC2 give to their services' errors; what they do not know is general.
    private static string CodeOf(string code) => code switch
    {
        "AccessDeniedException" or "AccessDenied" or "UnauthorizedOperation" => "AccessDenied",
        "EntityAlreadyExists" => "AlreadyExists",
        "NoSuchEntity" => "NotFound",
        "LimitExceededException" or "LimitExceeded" => "ServiceLimitExceeded",
        "MalformedPolicyDocument" or "InvalidInput" or "ValidationError" or "InvalidParameterValue" or "InvalidParameterCombination"
            or "MissingParameter" => "InvalidRequest",
        _ when code.EndsWith(".NotFound", StringComparison.Ordinal) => "NotFound",
        _ when code.EndsWith("LimitExceeded", StringComparison.Ordinal) => "ServiceLimitExceeded",
        _ => "GeneralServiceException",
    };
}
