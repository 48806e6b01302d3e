namespace Berth.Identity.Entities;

/// <summary>The kinds of things IAM keeps by name.</summary>
public sealed record EntityKind
{
    /// <summary>A user.</summary>
    public static readonly EntityKind User = new("user", "user", "AIDA");

    /// <summary>A group of users.</summary>
    public static readonly EntityKind Group = new("group", "group", "AGPA");

    /// <summary>A role.</summary>
    public static readonly EntityKind Role = new("role", "role", "AROA");

    /// <summary>What hands a role to a machine.</summary>
    public static readonly EntityKind InstanceProfile = new("instance-profile", "Instance Profile", "AIPA");

    /// <summary>A managed policy.</summary>
    public static readonly EntityKind Policy = new("policy", "policy", "ANPA");

    /// <summary>An OpenID Connect provider; its name is its URL without the scheme.</summary>
    public static readonly EntityKind OidcProvider = new("oidc-provider", "OpenIDConnect provider", "AOIP");

    private EntityKind(string name, string title, string idPrefix) => (Name, Title, IdPrefix) = (name, title, idPrefix);

    /// <summary>As in ARNs and rows.</summary>
    public string Name { get; }

    /// <summary>As in IAM's sentences.</summary>
    public string Title { get; }

    /// <summary>How its unique ids begin.</summary>
    public string IdPrefix { get; }

    /// <summary>The kind of that name, as rows have it.</summary>
    public static EntityKind Of(string name) => Find(name) ?? throw new FormatException($"'{name}' is no kind of entity");

    /// <summary>The kind of that name, or null.</summary>
    public static EntityKind? Find(string name) => name switch
    {
        "user" => User,
        "group" => Group,
        "role" => Role,
        "instance-profile" => InstanceProfile,
        "policy" => Policy,
        "oidc-provider" => OidcProvider,
        _ => null,
    };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
