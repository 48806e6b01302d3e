namespace Berth.Identity.Entities;

/// <summary>What hands a role to a machine.</summary>
/// <param name="Entity">What it has in common with roles and others.</param>
/// <param name="Role">The role; null as long as it has none.</param>
public sealed record InstanceProfile(Entity Entity, Role? Role)
{
    /// <summary>Its tags; none in listings.</summary>
    public IReadOnlyList<EntityTag> Tags { get; init; } = [];
}
