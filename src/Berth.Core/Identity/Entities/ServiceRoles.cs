using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>Makes and deletes the roles that ECR has for itself.</summary>
public sealed class ServiceRoles(Database database, IamEntities entities, IamRoles roles)
{
    /// <summary>Makes the role of a service with its policy. Fault: <see cref="IdentityInputInvalid"/> when it is there, or no service of that name is.</summary>
    public Task<Role> CreateAsync(AccountScope scope, string service, string? description, CancellationToken cancel)
    {
        var wanted = ServiceRole.Find(service)
            ?? throw new IdentityInputInvalid($"'{service}' has no service-linked role here").AsException();
        var name = new EntityName(scope, EntityKind.Role, wanted.Name);
        return database.WriteAsync(
            async tx =>
            {
                if (await EntityRow.FindAsync(tx, name) is not null)
                {
                    throw new IdentityInputInvalid(
                        $"Service role name {wanted.Name} has been taken in this account, please try a different suffix.").AsException();
                }

                var role = await roles.CreateAsync(tx, new(new(name) { Path = wanted.Path, Description = description }, wanted.Trust));
                await tx.ExecuteAsync(
                    "INSERT INTO iam_attachment (entity_id, policy_arn) VALUES (@Id, @policy)",
                    new { role.Entity.Id, policy = wanted.PolicyArnIn(scope.Partition) });
                return role;
            },
            cancel);
    }

    /// <summary>Deletes the role of a service with what hangs on it, at once. Fault: <see cref="EntityNotFound"/>, also for other roles.</summary>
    public Task<Entity> DeleteAsync(EntityName name, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var role = await EntityRow.GetAsync(tx, name);
            if (!ProtectedRoles.Holds(role))
            {
                throw new EntityNotFound(EntityKind.Role.Title, name.Name).AsException();
            }

            await tx.ExecuteAsync("DELETE FROM iam_attachment WHERE entity_id = @Id", new { role.Id });
            await roles.DeleteAsync(tx, role.Id);
            entities.Changed(tx);
            return role;
        },
        cancel);
}
