using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>Roles that belong to a service of AWS: it alone says who assumes them, and to do what.</summary>
internal static class ProtectedRoles
{
    /// <summary>What paths of service-linked roles begin with.</summary>
    public const string Path = "/aws-service-role/";

    /// <summary>Whether a service alone may change the entity.</summary>
    public static bool Holds(Entity entity) =>
        entity.Kind == EntityKind.Role && entity.Path.StartsWith(Path, StringComparison.Ordinal);

    /// <summary>Returns for paths that people may put roles under.</summary>
    public static void RefusePath(string? path)
    {
        if (path?.StartsWith(Path, StringComparison.Ordinal) is true)
        {
            throw new IdentityInputInvalid($"the path '{Path}' is for roles that CreateServiceLinkedRole makes").AsException();
        }
    }

    /// <summary>Returns for what people may change: policies, trust, longest session and existence of other roles.</summary>
    public static void RefuseChange(Entity entity)
    {
        if (Holds(entity))
        {
            throw new EntityUnmodifiable(
                $"Cannot perform the operation on the protected role '{entity.Name}' - this role is only modifiable by AWS").AsException();
        }
    }
}
