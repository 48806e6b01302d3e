using Berth.Server.Aws.Constraints;

namespace Berth.Server.CloudFormation.Shapes;

/// <summary>Alarms that a stack is to be rolled back by.</summary>
internal sealed record RollbackConfiguration
{
    [Range(0, 180)]
    public int? MonitoringTimeInMinutes { get; init; }

    [Count(0, 5)]
    public IReadOnlyList<RollbackTrigger>? RollbackTriggers { get; init; }
}
