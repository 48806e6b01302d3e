using Berth.Identity.Delivery;
using Berth.Identity.Entities;
using Berth.Policy.Documents;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity;

/// <summary>What principals may do by their own side, compiled and kept in memory.</summary>
public sealed class Permissions
{
    // A boundary whose policy is gone (its deletion is refused, so it never should be) allows nothing.
    private static readonly PolicyDocument Nothing = PolicyReader.Read(
        """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}""", PolicyGrammar.OfIdentity);

    // A federated user of a root is no root, and has what the root may.
    private static readonly PolicyDocument Everything = PolicyReader.Read(
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""", PolicyGrammar.OfIdentity);

    private readonly Database database;
    private readonly CompiledPolicies compiled;
    private readonly RowCache<(string Owner, string? Registration), PrincipalPermissions?> kept;
    private readonly RowCache<string, PolicyDocument?> managed;

    /// <summary>Forgets what it keeps when something changes.</summary>
    public Permissions(Database database, CompiledPolicies compiled, IdentityChanges changes, TimeProvider time)
    {
        (this.database, this.compiled) = (database, compiled);
        (kept, managed) = (new(most: 10_000, time), new(most: 10_000, time));
        changes.Committed += (_, _) => kept.ForgetAll();
        changes.Committed += (_, _) => managed.ForgetAll();
    }

    /// <summary>What the caller's user, role or root may do; null when it is gone, or the registration that handed out its session.</summary>
    public ValueTask<PrincipalPermissions?> FindAsync(Caller caller, CancellationToken cancel) =>
        caller.Principal.Kind is PrincipalKind.Root ? new(new PrincipalPermissions { Arn = caller.Arn })
            : AccountId.TryParse(caller.OwnerId, out _) ? new(new PrincipalPermissions { Arn = caller.Arn, Policies = [Everything] })
            : FindAsync((caller.OwnerId, caller.Session?.RegistrationId), cancel);

    /// <summary>
    /// The caller of a session, by the name that its user goes by now: policies that mean whoever has the old name since do not
    /// mean this one. Null when the user, the role or the registration is gone.
    /// </summary>
    public async ValueTask<Caller?> ConfirmAsync(Caller caller, CancellationToken cancel) => await FindAsync(caller, cancel) switch
    {
        null => null,
        var now when caller.Principal.Kind is PrincipalKind.User && !string.Equals(caller.Arn, now.Arn, StringComparison.Ordinal) =>
            caller with { Principal = caller.Principal with { Arn = now.Arn } },
        _ => caller,
    };

    /// <summary>What the user or role of that id may do; null when it is gone.</summary>
    public ValueTask<PrincipalPermissions?> FindAsync(string ownerId, CancellationToken cancel) => FindAsync((ownerId, null), cancel);

    /// <summary>The policies a session was narrowed to; null when it was not. A managed policy that is gone allows nothing.</summary>
    public async ValueTask<IReadOnlyList<PolicyDocument>?> FindLimitsAsync(Caller caller, CancellationToken cancel)
    {
        if (caller.Session is not { IsNarrowed: true } session)
        {
            return null;
        }

        var limits = new List<PolicyDocument>(session.Policies.Count + session.PolicyArns.Count);
        limits.AddRange(session.Policies.Select(text => compiled.Get(text, PolicyGrammar.OfIdentity)));
        foreach (var arn in session.PolicyArns)
        {
            if (await managed.GetAsync(arn, ReadManagedAsync, cancel) is { } document)
            {
                limits.Add(document);
            }
        }

        return limits;
    }

    /// <summary>Whether there is a managed policy of that ARN.</summary>
    public async ValueTask<bool> HasManagedAsync(string arn, CancellationToken cancel) =>
        await managed.GetAsync(arn, ReadManagedAsync, cancel) is not null;

    private ValueTask<PrincipalPermissions?> FindAsync((string Owner, string? Registration) holder, CancellationToken cancel) =>
        kept.TryGet(holder, out var permissions) ? new(permissions) : kept.GetAsync(holder, ReadAsync, cancel);

    private Task<PolicyDocument?> ReadManagedAsync(string arn, CancellationToken cancel) =>
        database.ReadAsync(rows => ReadManagedAsync(rows, arn), cancel);

    private async Task<PolicyDocument?> ReadManagedAsync(RowReader rows, string arn) =>
        await ManagedPolicyRow.FindDocumentAsync(rows, arn) is { } text ? compiled.Get(text, PolicyGrammar.OfIdentity) : null;

    private Task<PrincipalPermissions?> ReadAsync((string Owner, string? Registration) holder, CancellationToken cancel) =>
        database.ReadAsync(
            async rows => holder.Registration is { } registration && !await Registrations.IsThereAsync(rows, registration)
                ? null
                : await ReadAsync(rows, holder.Owner),
            cancel);

    private async Task<PrincipalPermissions?> ReadAsync(RowReader rows, string ownerId)
    {
        if (await EntityRow.FindByIdAsync(rows, ownerId) is not { } entity)
        {
            return null;
        }

        return new()
        {
            Arn = entity.Arn,
            Name = entity.Name,
            Policies =
            [
                .. (await PolicySources.ReadAsync(rows, entity)).Select(source => compiled.Get(source.Document, PolicyGrammar.OfIdentity)),
            ],
            Boundary = entity.Boundary is { } boundary ? await ReadManagedAsync(rows, boundary) ?? Nothing : null,
            Tags = await IamEntities.TagsAsync(rows, ownerId),
        };
    }
}
