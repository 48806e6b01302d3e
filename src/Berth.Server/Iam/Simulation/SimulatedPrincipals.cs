using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Vocabulary;

namespace Berth.Server.Iam.Simulation;

/// <summary>A user, group or role with all that decides on its own side.</summary>
internal sealed record SimulatedPrincipal(Entity Entity, IReadOnlyList<PolicySource> Policies, PolicySource? Boundary, IReadOnlyList<EntityTag> Tags);

/// <summary>Finds whose policies a simulation is about.</summary>
internal sealed class SimulatedPrincipals(IamEntities entities, PolicySources sources)
{
    /// <summary>
    /// The user, group or role of an ARN of the caller's account. Text that can be none, such as a session's ARN, is the fault
    /// <see cref="IdentityInputInvalid"/>; nobody of that ARN <see cref="EntityNotFound"/>.
    /// </summary>
    public async Task<SimulatedPrincipal> GetAsync(Call call, string arn, CancellationToken cancel)
    {
        var kind = arn.Split(':', 6) is [_, _, "iam", _, _, var resource] ? EntityKind.Find(resource.Split('/')[0]) : null;
        if (kind is null || (kind != EntityKind.User && kind != EntityKind.Group && kind != EntityKind.Role))
        {
            throw new IdentityInputInvalid($"Invalid ARN provided in the request: {arn}").AsException();
        }

        if (await entities.FindByArnAsync(arn, cancel) is not { } entity || entity.Account != call.Caller.Account)
        {
            throw new EntityNotFound(kind.Title, arn[(arn.LastIndexOf('/') + 1)..]).AsException();
        }

        return new(
            entity,
            await sources.ListAsync(entity, cancel),
            entity.Boundary is { } boundary ? await sources.FindManagedAsync(boundary, cancel) : null,
            await entities.ListTagsAsync(entity.Id, cancel));
    }
}
