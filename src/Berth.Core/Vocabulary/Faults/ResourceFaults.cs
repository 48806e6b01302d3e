namespace Berth.Vocabulary;

/// <summary>Something went wrong with one resource of a stack, as CloudFormation says it in the stack's events.</summary>
/// <param name="Sentence">The whole reason.</param>
/// <param name="HandlerErrorCode">CloudFormation's class of the error, such as <c>AlreadyExists</c>.</param>
public sealed record ResourceHandlerFailed(string Sentence, string HandlerErrorCode) : Fault(Sentence);

/// <summary>A resource cannot be made under an identifier that another has.</summary>
/// <param name="Type">The type, such as <c>AWS::ECR::Repository</c>.</param>
/// <param name="Identifier">What <c>Ref</c> would give.</param>
public sealed record ResourceAlreadyExists(string Type, string Identifier)
    : Fault($"Resource of type '{Type}' with identifier '{Identifier}' already exists.");

/// <summary>Properties that a resource cannot be made with, found when it is made; what can be found before is.</summary>
/// <param name="Reason">In CloudFormation's words where it has some.</param>
public sealed record ResourcePropertiesInvalid(string Reason) : Fault(Reason);
