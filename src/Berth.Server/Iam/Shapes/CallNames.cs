using Berth.Identity.Entities;
using Berth.Server.Aws;

namespace Berth.Server.Iam.Shapes;

/// <summary>The entities that requests name, in the account of their caller.</summary>
internal static class CallNames
{
    /// <summary>A user.</summary>
    public static EntityName User(this Call call, string name) => new(call.Scope, EntityKind.User, name);

    /// <summary>The user a request names, or with none named its caller.</summary>
    public static UserOrCaller UserOrCaller(this Call call, string? name) => new(name is null ? null : call.User(name), call.Caller);

    /// <summary>A group.</summary>
    public static EntityName Group(this Call call, string name) => new(call.Scope, EntityKind.Group, name);

    /// <summary>A role.</summary>
    public static EntityName Role(this Call call, string name) => new(call.Scope, EntityKind.Role, name);

    /// <summary>A managed policy of the account's own.</summary>
    public static EntityName Policy(this Call call, string name) => new(call.Scope, EntityKind.Policy, name);

    /// <summary>An instance profile.</summary>
    public static EntityName InstanceProfile(this Call call, string name) => new(call.Scope, EntityKind.InstanceProfile, name);

    /// <summary>The ARN by which a request means an entity: with the path where it has one.</summary>
    public static string Arn(this EntityName name, string? path = null) => name.ArnUnder(path ?? "/");

    /// <summary>The ARN a listing is checked against: of what lies under a path.</summary>
    public static string ArnOfAll(this Call call, EntityKind kind, string? pathPrefix) => new EntityName(call.Scope, kind, "").Arn(pathPrefix);
}
