using Berth.Server.Aws.Constraints;
using Berth.Vocabulary;

namespace Berth.Server.Sts.Shapes;

/// <summary>What a provider of contexts asserts. There is none here, and so nothing whose assertion could be believed.</summary>
internal sealed record ProvidedContext
{
    [Length(20, 2048), Pattern(StsPatterns.Arn)]
    public string? ProviderArn { get; init; }

    [Length(4, 2048)]
    public string? ContextAssertion { get; init; }

    /// <summary>Returns when none is given; otherwise the fault is <see cref="IdentityValidationFailed"/>.</summary>
    public static void Refuse(IReadOnlyList<ProvidedContext>? contexts)
    {
        if (contexts is [var first, ..])
        {
            throw new IdentityValidationFailed($"there is no context provider '{first.ProviderArn}'").AsException();
        }
    }
}
