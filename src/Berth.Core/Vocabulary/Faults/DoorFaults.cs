namespace Berth.Vocabulary;

/// <summary>A request came through a VPC endpoint of ECR's other service.</summary>
/// <param name="EndpointId">The endpoint.</param>
/// <param name="Service">The endpoint service that it is for.</param>
/// <param name="Needed">The endpoint service that serves such requests.</param>
public sealed record DoorOfOtherService(string EndpointId, string Service, string Needed)
    : Fault($"the VPC endpoint '{EndpointId}' is for '{Service}'; a request of this kind goes through an endpoint for '{Needed}'");

/// <summary>A request for another service came through a VPC endpoint of ECR.</summary>
/// <param name="EndpointId">The endpoint.</param>
/// <param name="Service">The endpoint service that it is for.</param>
/// <param name="Asked">The service that was asked, such as <c>sts</c>.</param>
public sealed record DoorLeadsElsewhere(string EndpointId, string Service, string Asked)
    : Fault($"the VPC endpoint '{EndpointId}' is for '{Service}' and does not lead to '{Asked}'");

/// <summary>A request for one Region came through a VPC endpoint of another (ECR User Guide: cross-region requests are not supported).</summary>
/// <param name="EndpointId">The endpoint.</param>
/// <param name="Service">The endpoint service that it is for.</param>
/// <param name="Region">The Region that was asked for.</param>
public sealed record DoorOfOtherRegion(string EndpointId, string Service, string Region)
    : Fault($"the VPC endpoint '{EndpointId}' is for '{Service}': cross-region requests are not supported, and this one is for '{Region}'");
