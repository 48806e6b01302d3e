using Berth.Identity.Organizations;
using Berth.Network;
using Berth.Policy;
using Berth.Policy.Documents;
using Berth.Server.Gate;
using Berth.Server.Gate.Doors;
using Berth.Server.Gate.LayerBucket;

namespace Berth.Server.Aws.LayerBucket;

/// <summary>
/// What a request to the bucket must pass: its URL is signed and still good, and the gateway endpoint that leads there from its network lets
/// it through. Whoever holds a URL may use it, so to the endpoint's policy the caller is anybody.
/// </summary>
internal sealed class BucketGate(
    BucketSignature signature, Berth.Network.Doors doors, DoorsOnly doorsOnly, Organization organization, TimeProvider time)
{
    private const string Action = "s3:GetObject";
    private const string Anybody = "anonymous";

    // The signature is the permission: what may still be said against it, the endpoint says.
    private static readonly PolicyDocument[] Granted =
    [
        PolicyReader.Read(
            """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}""", PolicyGrammar.Shared),
    ];

    /// <summary>Why a request may not be answered; null when it may.</summary>
    public async ValueTask<S3Error?> FindFlawAsync(HttpContext http, WireRequest request, BucketAddress address)
    {
        var now = time.GetUtcNow();
        if (http.Features.Get<Door>() is { } other)
        {
            return S3Error.Denied($"the VPC endpoint '{other.EndpointId}' is for '{other.Service}' and does not lead to 's3'");
        }

        if (signature.FindFlaw(request, address.Region, now) is { } flaw)
        {
            return flaw;
        }

        var circumstances = Circumstances.Of(http, address.Region, now);
        circumstances = circumstances with { Door = await FindDoorAsync(circumstances, http.RequestAborted) };
        return await FindOutsideAsync(circumstances, address, http.RequestAborted) ?? FindDenial(circumstances, address);
    }

    private async ValueTask<Door?> FindDoorAsync(Circumstances circumstances, CancellationToken cancel)
    {
        var table = doors.TryGet(out var kept) ? kept : await doors.GetAsync(cancel);
        return table.IsEmpty || circumstances.Source is null ? null : table.FindGateway(circumstances.Region, circumstances.Source);
    }

    private async ValueTask<S3Error?> FindOutsideAsync(Circumstances circumstances, BucketAddress address, CancellationToken cancel) =>
        circumstances.Door is null && LayerObject.Find(address.Key) is { Account: var owner } && await doorsOnly.HoldsAsync(owner, cancel)
            ? S3Error.Denied($"the layers of account {owner} are reached through a VPC endpoint for 'com.amazonaws.{circumstances.Region}.s3' only")
            : null;

    private S3Error? FindDenial(Circumstances circumstances, BucketAddress address)
    {
        if (circumstances.Door is not { Policy: { } policy } door)
        {
            return null;
        }

        var resource = $"arn:{address.Region.Partition}:s3:::{address.Bucket}/{address.Key}";
        var asked = new AccessRequest(Anybody, "", Action, resource, door.Owner.ToString())
        {
            Context = new(key => NetworkKeys.TryFind(key, circumstances, organization, out var values) ? values : null),
        };
        var decision = Evaluator.Decide(asked, new() { Endpoint = policy, Resource = Granted });
        return decision.Verdict is Verdict.Allowed
            ? null
            : S3Error.Denied($"User: {Anybody} is not authorized to perform: {Action} on resource: \"{resource}\" {decision.Because}");
    }
}
