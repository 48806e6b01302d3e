using Berth.Identity.Entities;

namespace Berth.Identity.Delivery;

/// <summary>What holds for every session that a role is handed out with, whomever to.</summary>
internal static class DeliveredRole
{
    /// <summary>How long it lasts, whatever the role's own longest: services hand roles out for six hours.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(6);

    /// <summary>The role's session of that name.</summary>
    public static Principal Session(Entity role, string name)
    {
        var partition = role.Arn.Split(':')[1];
        return new($"arn:{partition}:sts::{role.Account}:assumed-role/{role.Name}/{name}", role.Account, $"{role.Id}:{name}");
    }
}
