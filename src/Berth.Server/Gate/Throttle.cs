using System.Globalization;
using Berth.Identity;
using Berth.Registry;
using Berth.Vocabulary;

namespace Berth.Server.Gate;

/// <summary>
/// Keeps the calls of an account in a Region to its rates. Each node counts for itself: what all nodes let pass is the rate times their
/// number at most.
/// </summary>
internal sealed class Throttle(AccountQuotas quotas, TimeProvider time)
{
    // A caller chooses the Region it signs for, and must not fill the memory by names of Regions.
    private readonly BoundedCache<(RegistryId Payer, string Action), TokenBucket> buckets = new(most: 100_000);

    /// <summary>Lets a call pass, or is the fault <see cref="RateExceeded"/>.</summary>
    /// <param name="payer">The caller's account, and the Region called.</param>
    /// <param name="action">The call's name in policies, such as <c>ecr:PutImage</c>.</param>
    /// <param name="cancel">Ends the wait for quotas.</param>
    public async ValueTask PassAsync(RegistryId payer, string action, CancellationToken cancel)
    {
        if ((await quotas.FindAsync(payer.Account, cancel)).Rates.TryGetValue(action, out var rate))
        {
            var bucket = BucketOf(payer, action);
            lock (bucket)
            {
                if (bucket.Take(rate) is { } wait)
                {
                    throw new RateExceeded(wait).AsException();
                }
            }
        }
    }

    private TokenBucket BucketOf(RegistryId payer, string action)
    {
        if (!buckets.TryGet((payer, action), out var bucket))
        {
            buckets.Set((payer, action), bucket = new(time));
        }

        return bucket;
    }

    /// <summary>Tells the caller of a throttled call when to come back (RFC 9110, 10.2.3: whole seconds); any other failure tells nothing.</summary>
    public static void Attach(HttpResponse response, Exception failure)
    {
        if (failure is FaultException { Fault: RateExceeded { RetryAfter: var wait } })
        {
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
    }
}
