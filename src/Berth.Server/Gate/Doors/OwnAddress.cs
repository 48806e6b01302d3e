namespace Berth.Server.Gate.Doors;

/// <summary>Says of a connection that it came to an address that is one VPC endpoint's alone.</summary>
/// <param name="EndpointId">The endpoint.</param>
internal sealed record OwnAddress(string EndpointId);
