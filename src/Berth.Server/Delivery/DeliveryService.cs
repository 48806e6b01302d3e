using Berth.Identity.Delivery;
using Berth.Identity.Entities;
using Berth.Identity.Organizations;
using Berth.Lifecycle;
using Berth.Network;
using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Delivery.Endpoints;
using Berth.Server.Delivery.Quotas;
using Berth.Server.Delivery.Recycling;
using Berth.Server.Gate;

namespace Berth.Server.Delivery;

/// <summary>
/// Berth's own service, for what AWS does by owning the machines: it says which machine is which, what pods are handed, what accounts may
/// have, which doors they need, and what is to be done now. It is spoken and authorized as AWS's
/// JSON services are, under the IAM prefix <c>berth</c>.
/// </summary>
internal static class DeliveryService
{
    /// <summary>The prefix of its IAM actions, and the name its requests are signed for.</summary>
    public const string Name = "berth";

    /// <summary>What stands before an operation's name in the header.</summary>
    public const string TargetPrefix = "Berth_20261101";

    /// <summary>The operations that are built.</summary>
    public static Service Create(DeliveryParts parts) =>
        new Service(Name, new Json11(TargetPrefix))
            .Add(() => new RegisterMachine(parts.Machines, parts.MachineRoles, parts.Entities, parts.Authorizer))
            .Add(() => new ListMachines(parts.Machines, parts.PageTokens))
            .Add(() => new RenewMachineSecret(parts.Machines))
            .Add(() => new RevokeMachine(parts.Machines))
            .Add(() => new CreatePodIdentityAssociation(parts.PodAssociations, parts.Authorizer))
            .Add(() => new ListPodIdentityAssociations(parts.PodAssociations, parts.PageTokens))
            .Add(() => new DeletePodIdentityAssociation(parts.PodAssociations))

            .Add(() => new ListQuotas(parts.AccountQuotas, parts.Organization))
            .Add(() => new SetQuota(parts.AccountQuotas, parts.Organization))

            .Add(() => new GetEndpointRequirement(parts.DoorsOnly, parts.Organization))
            .Add(() => new SetEndpointRequirement(parts.DoorsOnly, parts.Organization))
            .Add(() => new ListEndpointNames(parts.EndpointNames, parts.Organization, parts.PageTokens))
            .Add(() => new ListRegistryNames(parts.Accounts, parts.Hosts, parts.Organization, parts.PageTokens))

            .Add(() => new RunLifecyclePolicy(parts.LifecyclePolicies))
            .Add(() => new ListRecycledImages(parts.RecycledImages, parts.Retention, parts.PageTokens))
            .Add(() => new RestoreImage(parts.ImageRecovery));
}

/// <summary>What the operations stand on.</summary>
internal sealed record DeliveryParts
{
    public required Machines Machines { get; init; }

    public required MachineRoles MachineRoles { get; init; }

    public required PodAssociations PodAssociations { get; init; }

    public required IamEntities Entities { get; init; }

    public required LifecyclePolicies LifecyclePolicies { get; init; }

    public required RecycledImages RecycledImages { get; init; }

    public required ImageRecovery ImageRecovery { get; init; }

    public required Retention Retention { get; init; }

    public required Authorizer Authorizer { get; init; }

    public required AccountQuotas AccountQuotas { get; init; }

    public required Organization Organization { get; init; }

    public required MemberAccounts Accounts { get; init; }

    public required RegistryHosts Hosts { get; init; }

    public required DoorsOnly DoorsOnly { get; init; }

    public required EndpointNames EndpointNames { get; init; }

    public required PageTokens PageTokens { get; init; }
}
