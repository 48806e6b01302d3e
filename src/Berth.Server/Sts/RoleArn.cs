using Berth.Vocabulary;

namespace Berth.Server.Sts;

/// <summary>The ARN of a role that is to be assumed.</summary>
internal static class RoleArn
{
    /// <summary>Returns an ARN that is one, whether or not there is such a role. Fault: <see cref="IdentityValidationFailed"/>.</summary>
    public static string Check(string text) =>
        text.Split(':', 6) is ["arn", { Length: > 0 }, { Length: > 0 }, _, _, { Length: > 0 }]
            ? text
            : throw new IdentityValidationFailed($"{text} is invalid").AsException();
}
