using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Berth.Server.Aws;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Shapes;

/// <summary>Names of stacks and change sets, and what IAM checks for them.</summary>
internal static partial class StackNames
{
    private const int LongestName = 128;

    /// <summary>The ARN of a stack by what the request calls it: one named by name has any id.</summary>
    public static string ArnOf(Call call, string? nameOrId) => nameOrId switch
    {
        null or "" => $"{Prefix(call)}stack/*/*",
        _ when IsArn(nameOrId) => nameOrId,
        _ => $"{Prefix(call)}stack/{nameOrId}/*",
    };

    /// <summary>What IAM checks for a call on a change set: its stack, as far as the request says.</summary>
    public static string ArnOfSet(Call call, string? set, string? stack) =>
        stack is null && IsArn(set) ? set : ArnOf(call, stack);

    /// <summary>A name for a new stack; an ARN is none. Fault: <see cref="StackRequestInvalid"/>.</summary>
    public static string NewName(string name) => name.Length <= LongestName && Name().IsMatch(name) ? name : throw Wrong(name);

    /// <summary>Refuses what is neither a name nor an ARN. Fault: <see cref="StackRequestInvalid"/>.</summary>
    public static void Check(string name)
    {
        if (!NameOrArn().IsMatch(name) || (!IsArn(name) && name.Length > LongestName))
        {
            throw Wrong(name);
        }
    }

    private static bool IsArn([NotNullWhen(true)] string? text) => text is not null && text.StartsWith("arn:", StringComparison.Ordinal);

    private static string Prefix(Call call) => $"arn:{call.Region.Partition}:cloudformation:{call.Region}:{call.Caller.Account}:";

    private static Exception Wrong(string name) => new StackRequestInvalid(
        $"1 validation error detected: Value '{name}' at 'stackName' failed to satisfy constraint: "
        + (name.Length > LongestName && Name().IsMatch(name)
            ? "Member must have length less than or equal to 128"
            : "Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*")).AsException();

    [GeneratedRegex(@"^[a-zA-Z][-a-zA-Z0-9]*\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"^([a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*)\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameOrArn();
}
