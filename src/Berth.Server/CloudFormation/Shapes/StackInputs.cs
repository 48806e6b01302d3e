using System.Text;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Shapes;

/// <summary>What requests are refused for before their constraints are looked at.</summary>
internal static class StackInputs
{
    private const int LongestBody = 51_200;
    private const int QuotedBody = 256;

    /// <summary>Refuses a name that is none, and a template that is too long to be given with the request.</summary>
    public static void Check(string? stackName, string? body)
    {
        if (stackName is not null)
        {
            StackNames.Check(stackName);
        }

        if (body is not null && Encoding.UTF8.GetByteCount(body) > LongestBody)
        {
            throw new StackRequestInvalid(
                $"1 validation error detected: Value '{body[..QuotedBody]}...' at 'templateBody' failed to satisfy constraint: "
                + "Member must have length less than or equal to 51200").AsException();
        }
    }

    /// <summary>Refuses a parameter that would change what is done, and is not known here.</summary>
    public static void Refuse(object? value, string name)
    {
        if (value is not (null or System.Collections.ICollection { Count: 0 }))
        {
            throw new StackRequestInvalid($"the parameter '{name}' is not available here").AsException();
        }
    }

    /// <summary>Refuses alarms that a stack is to be rolled back by.</summary>
    public static void Refuse(RollbackConfiguration? triggers)
    {
        if (triggers is { RollbackTriggers.Count: > 0 } or { MonitoringTimeInMinutes: > 0 })
        {
            Refuse(triggers, "RollbackConfiguration");
        }
    }
}
