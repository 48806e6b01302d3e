using Berth.Server.Aws;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Types;

/// <summary>A service refused a call that was made for a resource.</summary>
internal sealed class ServiceRefusal(string service, AwsError error, string requestId, FaultException cause) : Exception(error.Message, cause)
{
    /// <summary>The service's name in reasons, such as <c>Ecr</c>.</summary>
    public string Service { get; } = char.ToUpperInvariant(service[0]) + service[1..];

    /// <summary>How its wire would have spelled it.</summary>
    public AwsError Error { get; } = error;

    /// <summary>The id under which the trail has the call.</summary>
    public string RequestId { get; } = requestId;

    /// <summary>What went wrong.</summary>
    public Fault Fault { get; } = cause.Fault;
}
