using Berth.Vocabulary;

namespace Berth.Stacks;

/// <summary>Why a resource failed, in the words in which CloudFormation tells what its handlers answered.</summary>
internal static class HandlerErrors
{
    public static string ReasonOf(Exception error, string token) => error switch
    {
        // Types say whole sentences where they know which call of which service failed.
        FaultException { Fault: ResourceHandlerFailed } => error.Message,
        FaultException { Fault: TemplateInvalid or StackRequestInvalid or CapabilityMissing or StackNotFound or StackAlreadyExists } => error.Message,
        FaultException known => Handled(known.Message, token, CodeOf(known.Fault)),
        _ => Handled("the request failed because of an internal error", token, "InternalFailure"),
    };

    private static string Handled(string message, string token, string code) =>
        $"Resource handler returned message: \"{message}\" (RequestToken: {token}, HandlerErrorCode: {code})";

    // Of what is not there, and is there already, many faults speak; their names all say so.
    private static string CodeOf(Fault fault) => fault.GetType().Name switch
    {
        nameof(AccessDenied) => "AccessDenied",
        nameof(ConstraintsViolated) or nameof(ParameterInvalid) => "InvalidRequest",
        var name when name.EndsWith("NotFound", StringComparison.Ordinal) => "NotFound",
        var name when name.EndsWith("AlreadyExists", StringComparison.Ordinal) || name.EndsWith("Exists", StringComparison.Ordinal) => "AlreadyExists",
        _ => "GeneralServiceException",
    };
}
