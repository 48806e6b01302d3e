namespace Berth.Identity.Entities;

/// <summary>What authorization details may be asked for.</summary>
public enum AuthorizationKind
{
    /// <summary>Users.</summary>
    User,

    /// <summary>Groups.</summary>
    Group,

    /// <summary>Roles.</summary>
    Role,

    /// <summary>Managed policies of the account's own.</summary>
    LocalPolicy,

    /// <summary>Managed policies of AWS that the account uses.</summary>
    AwsPolicy,
}

/// <summary>Where in the run over kinds and names something stands. Kinds come in the order of their letters.</summary>
/// <param name="Kind">As rows name it; <see cref="OfAws"/> for policies of AWS, which have no rows.</param>
/// <param name="Key">The name in lower case.</param>
internal readonly record struct AuthorizationPlace(string Kind, string Key)
{
    /// <summary>Comes before every kind of rows.</summary>
    private const string OfAws = "aws-policy";

    /// <summary>The place of an entity.</summary>
    public static AuthorizationPlace Of(Entity entity) => new(entity.Kind.Name, entity.Name.ToLowerInvariant());

    /// <summary>The place of a policy of AWS.</summary>
    public static AuthorizationPlace Of(ManagedPolicy policy) => new(OfAws, policy.Name.ToLowerInvariant());

    /// <summary>The place that <see cref="ToString"/> wrote; before everything for null. No kind has a space in its name.</summary>
    public static AuthorizationPlace Read(string? text) => text?.Split(' ', 2) is [var kind, var key] ? new(kind, key) : new("", "");

    /// <summary>The kind of the rows that are asked for; null for policies of AWS.</summary>
    public static EntityKind? EntityOf(AuthorizationKind kind) => kind switch
    {
        AuthorizationKind.User => EntityKind.User,
        AuthorizationKind.Group => EntityKind.Group,
        AuthorizationKind.Role => EntityKind.Role,
        AuthorizationKind.LocalPolicy => EntityKind.Policy,
        _ => null,
    };

    /// <summary>Whether it follows another.</summary>
    public bool IsAfter(AuthorizationPlace other) =>
        string.CompareOrdinal(Kind, other.Kind) is var kinds && kinds != 0 ? kinds > 0 : string.CompareOrdinal(Key, other.Key) > 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Key}";
}
