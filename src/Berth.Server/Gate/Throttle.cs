using System.Collections.Concurrent;
using System.Globalization;
using Berth.Registry;
using Berth.Vocabulary;

namespace Berth.Server.Gate;

/// <summary>
/// Keeps the calls of an account in a Region to its rates. Each node counts for itself: what all nodes let pass is the rate times their
/// number at most.
/// </summary>
internal sealed class Throttle(AccountQuotas quotas, TimeProvider time)
{
    private readonly ConcurrentDictionary<(RegistryId Payer, string Action), TokenBucket> buckets = new();

    /// <summary>Lets a call pass, or is the fault <see cref="RateExceeded"/>.</summary>
    /// <param name="payer">The caller's account, and the Region called.</param>
    /// <param name="action">The call's name in policies, such as <c>ecr:PutImage</c>.</param>
    /// <param name="cancel">Ends the wait for quotas.</param>
    public async ValueTask PassAsync(RegistryId payer, string action, CancellationToken cancel)
    {
        if ((await quotas.FindAsync(payer.Account, cancel)).Rates.TryGetValue(action, out var rate))
        {
            var bucket = buckets.GetOrAdd((payer, action), _ => new(time));
            lock (bucket)
            {
                if (bucket.Take(rate) is { } wait)
                {
                    throw new RateExceeded(wait).AsException();
                }
            }
        }
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
