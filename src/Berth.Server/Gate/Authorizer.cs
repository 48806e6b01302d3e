using Berth.Identity;
using Berth.Identity.Organizations;
using Berth.Policy;
using Berth.Policy.Documents;
using Berth.Vocabulary;

namespace Berth.Server.Gate;

/// <summary>Decides for both wires and the layer bucket. Existence comes later: who may not ask learns nothing of it.</summary>
internal sealed class Authorizer(
    Permissions permissions, ResourceLookup resources, OrganizationLimits limits, AuthorizationMessages messages, ILogger<Authorizer> log)
{
    /// <summary>Returns when the caller may; otherwise the fault is <see cref="AccessDenied"/>.</summary>
    public async ValueTask AuthorizeAsync(Access access, CancellationToken cancel)
    {
        var (decision, context) = await JudgeAsync(access, cancel);
        if (decision.Verdict is not Verdict.Allowed)
        {
            Log(access, decision);

            // STS does not say why: the answer is the same for a role that is not there.
            throw new AccessDenied(access.Caller.Arn, access.Action, access.Resource, access.IsAboutTrust ? "" : decision.Because)
            {
                EncodedMessage = messages.Seal(Denial.Of(access, decision, context)),
            }.AsException();
        }
    }

    /// <summary>
    /// Refuses who asks a registry that is reached through VPC endpoints only without one; for what needs no permission otherwise. The
    /// fault is <see cref="AccessDenied"/>.
    /// </summary>
    public async ValueTask RefuseOutsideDoorsAsync(Access access, CancellationToken cancel)
    {
        var resource = await resources.FindAsync(access, cancel);
        if (IsOutside(access, resource))
        {
            throw new AccessDenied(access.Caller.Arn, access.Action, access.Resource, OutsideDoors(resource).Because).AsException();
        }
    }

    /// <summary>Whether the caller may; that it may not stands in the log, for a refusal in words of the operation's own.</summary>
    public async ValueTask<bool> IsAllowedAsync(Access access, CancellationToken cancel)
    {
        var decision = await DecideAsync(access, cancel);
        if (decision.Verdict is Verdict.Allowed)
        {
            return true;
        }

        Log(access, decision);
        return false;
    }

    /// <summary>Whether the caller may, and why. One whose user or role is gone meanwhile may nothing.</summary>
    public async ValueTask<Decision> DecideAsync(Access access, CancellationToken cancel) => (await JudgeAsync(access, cancel)).Decision;

    private void Log(Access access, Decision decision) => log.LogInformation(
        "Denied {Principal} {Action} on {Resource}: {Because}{Reasons}",
        access.Caller.Arn,
        access.Action,
        access.Resource,
        decision.Because,
        decision.Reasons.IsEmpty ? "" : $": {string.Join("; ", decision.Reasons)}");

    private async ValueTask<(Decision Decision, AccessContext Context)> JudgeAsync(Access access, CancellationToken cancel)
    {
        var caller = access.Caller;
        var principal = await permissions.FindAsync(caller, cancel) ?? new() { Arn = caller.Arn };
        var resource = await resources.FindAsync(access, cancel);
        var context = new AccessContext(access, principal, resource, limits.Organization);
        if (IsOutside(access, resource))
        {
            return (OutsideDoors(resource), context);
        }

        var request = new AccessRequest(caller.Arn, caller.Account.ToString(), access.Action, resource.Arn, resource.Account)
        {
            Context = new(context.Find),
        };
        var decision = Evaluator.Decide(request, new()
        {
            Identity = principal.Policies,
            Boundary = principal.Boundary,
            Session = await permissions.FindLimitsAsync(caller, cancel),
            Resource = resource.Policies,
            ResourceSide = resource.Side,
            Endpoint = EndpointPolicyOf(access),
            ServiceControl = await limits.FindAsync(caller.Account, OrganizationPolicyType.ServiceControl, cancel),
            ResourceControl = AccountId.TryParse(resource.Account, out var owner)
                ? await limits.FindAsync(owner, OrganizationPolicyType.ResourceControl, cancel)
                : [],
        });
        return (decision, context);
    }

    // What a service does for somebody comes over no network, as its aws:ViaAWSService says.
    private static bool IsOutside(Access access, ResourceRules resource) =>
        resource.IsBehindDoors && access.Circumstances is { Door: null, Via: null };

    /// <summary>The denial of what would have to come through a VPC endpoint.</summary>
    private static Decision OutsideDoors(ResourceRules resource) =>
        new(Verdict.ExplicitlyDenied, $"because the registries of account {resource.Account} are reached through VPC endpoints only", []);

    // An endpoint's policy speaks of the service that the endpoint leads to, and not of what that service asks for on the way.
    private static PolicyDocument? EndpointPolicyOf(Access access) =>
        access.Circumstances.Door is { } door && access.Action.StartsWith(door.Service.IamPrefix + ":", StringComparison.OrdinalIgnoreCase)
            ? door.Policy
            : null;
}
