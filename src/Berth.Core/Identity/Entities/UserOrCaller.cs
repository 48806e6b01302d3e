using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>Whom a request means that may name a user: with none named, its caller.</summary>
/// <param name="Named">The user that is named.</param>
/// <param name="Caller">Who asks.</param>
public sealed record UserOrCaller(EntityName? Named, Caller Caller)
{
    /// <summary>
    /// The ARN the request is checked against. Roles and federated users are no users: the fault is
    /// <see cref="IdentityValidationFailed"/>.
    /// </summary>
    public string Arn => Named is { } name ? name.ArnUnder("/")
        : Caller.Principal.Kind is PrincipalKind.User or PrincipalKind.Root ? Caller.Arn
        : throw new IdentityValidationFailed("Must specify userName when calling with non-User credentials").AsException();

    private bool IsRoot => Named is null && Caller.Principal.Kind is PrincipalKind.Root;

    private string CallerName => Caller.Arn[(Caller.Arn.LastIndexOf('/') + 1)..];

    /// <summary>The user, or null when it is a root. Fault: <see cref="EntityNotFound"/>.</summary>
    internal async Task<Entity?> FindAsync(RowReader rows) => IsRoot ? null
        : Named is { } name ? await EntityRow.GetAsync(rows, name)
        : await FindCallerAsync(rows) ?? throw new EntityNotFound(EntityKind.User.Title, CallerName).AsException();

    /// <summary>Whom keys of the user or root prove. Fault: <see cref="EntityNotFound"/>.</summary>
    internal async Task<Principal> GetPrincipalAsync(RowReader rows) =>
        await FindAsync(rows) is { } user ? new(user.Arn, user.Account, user.Id) : Caller.Principal;

    // A session keeps the ARN its user had when it began; what was authorized under an old name is not the user any more.
    private async Task<Entity?> FindCallerAsync(RowReader rows) =>
        await EntityRow.FindByIdAsync(rows, Caller.OwnerId) is { } user && string.Equals(user.Arn, Caller.Arn, StringComparison.Ordinal)
            ? user
            : null;
}
