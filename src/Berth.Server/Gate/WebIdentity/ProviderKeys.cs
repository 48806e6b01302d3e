using System.Text.Json;
using Berth.Identity;
using Berth.Identity.Entities;
using Berth.Vocabulary;
using Microsoft.IdentityModel.Tokens;

namespace Berth.Server.Gate.WebIdentity;

/// <summary>
/// Keeps the keys of providers. Anybody can send tokens, so what a token says never has keys fetched more than once a minute; and
/// a provider that is out of reach for a while does not stop its tokens.
/// </summary>
internal sealed class ProviderKeys(TimeProvider time, ILogger<ProviderKeys> log)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan Usable = TimeSpan.FromHours(24);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterFirstFailure = TimeSpan.FromSeconds(10);

    private readonly BoundedCache<(string Id, string Thumbprints), Kept> entries = new(most: 1000);

    /// <summary>
    /// The key of that id; null when the provider has none. No keys at all is the fault <see cref="IdentityProviderUnreachable"/>.
    /// </summary>
    public async Task<JsonWebKey?> FindAsync(OidcProvider provider, string id, CancellationToken cancel)
    {
        var kept = KeptOf(provider);
        if (kept.NeedsFetch(id, time.GetUtcNow()))
        {
            await kept.Turn.WaitAsync(cancel);
            try
            {
                if (kept.NeedsFetch(id, time.GetUtcNow()))
                {
                    await FetchAsync(provider, kept, cancel);
                }
            }
            finally
            {
                kept.Turn.Release();
            }
        }

        return kept.Fetched is { } fetched && time.GetUtcNow() - fetched.At < Usable
            ? fetched.Keys.GetValueOrDefault(id)
            : throw new IdentityProviderUnreachable(
                $"the identity provider '{provider.Url.Text}' could not be reached, or did not answer with its keys").AsException();
    }

    private Kept KeptOf(OidcProvider provider)
    {
        var name = (provider.Entity.Id, string.Join(',', provider.Thumbprints));
        if (!entries.TryGet(name, out var kept))
        {
            entries.Set(name, kept = new());
        }

        return kept;
    }

    private async Task FetchAsync(OidcProvider provider, Kept kept, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        try
        {
            kept.TriedAt = now;
            kept.Fetched = new(await ProviderDiscovery.FetchAsync(provider, cancel), now);
        }
        catch (Exception failure) when (
            failure is HttpRequestException or JsonException or InvalidDataException
            || (failure is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            log.LogWarning(failure, "The keys of {Provider} could not be fetched", provider.Entity.Arn);
        }
    }

    private sealed record Fetched(IReadOnlyDictionary<string, JsonWebKey> Keys, DateTimeOffset At);

    private sealed class Kept
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public Fetched? Fetched { get; set; }

        public DateTimeOffset? TriedAt { get; set; }

        public bool NeedsFetch(string id, DateTimeOffset now) =>
            (Fetched is not { } fetched || now - fetched.At >= Fresh || !fetched.Keys.ContainsKey(id))
            && (TriedAt is not { } tried || now - tried >= (Fetched is null ? AfterFirstFailure : BetweenTries));
    }
}
