using Berth.Identity;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>Who may use a repository: the policies of repositories.</summary>
public sealed class RepositoryPolicies(Database database, RepositoryAccess access)
{
    /// <summary>
    /// Sets or replaces the policy, and returns it as ECR prints it. Faults: <see cref="ResourcePolicyInvalid"/>, also without
    /// <paramref name="force"/> for one that locks its author out, <see cref="PolicyPrincipalNotFound"/>, <see cref="RepositoryNotFound"/>.
    /// </summary>
    public Task<string> SetAsync(RepositoryId id, string text, Caller author, bool force, CancellationToken cancel)
    {
        var document = ResourcePolicyRules.OfRepository.Read(text);
        return database.WriteAsync(
            async tx =>
            {
                var repository = await Repositories.GetAsync(tx, id);
                var stored = await PolicyIntake.ToStoredAsync(tx, text);
                if (!force && await PolicyIntake.LocksOutAsync(tx, document, author, ("ecr:SetRepositoryPolicy", id.Arn, id.Account)))
                {
                    throw ResourcePolicyRules.OfRepository.Refuse($"'{author.Arn}' could not set another policy");
                }

                await WriteAsync(tx, repository.Key, stored);
                access.Changed(tx);
                return await PolicyIntake.PrintAsync(tx, stored, id.Registry);
            },
            cancel);
    }

    /// <summary>The policy as ECR prints it. Faults: <see cref="RepositoryNotFound"/>, <see cref="RepositoryPolicyNotFound"/>.</summary>
    public Task<string> GetAsync(RepositoryId id, CancellationToken cancel) =>
        database.ReadAsync(async rows => await GetAsync(rows, id, (await Repositories.GetAsync(rows, id)).Key), cancel);

    /// <summary>Removes the policy, and returns what it was. Faults: as <see cref="GetAsync(RepositoryId, CancellationToken)"/>.</summary>
    public Task<string> DeleteAsync(RepositoryId id, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var repository = (await Repositories.GetAsync(tx, id)).Key;
            var printed = await GetAsync(tx, id, repository);
            await tx.ExecuteAsync("DELETE FROM repository_policy WHERE repository_id = @repository", new { repository });
            access.Changed(tx);
            return printed;
        },
        cancel);

    internal static Task WriteAsync(Transaction tx, string repository, string stored) => tx.ExecuteAsync(
        """
        INSERT INTO repository_policy (repository_id, document) VALUES (@repository, @stored)
            ON CONFLICT (repository_id) DO UPDATE SET document = @stored
        """,
        new { repository, stored });

    private static async Task<string> GetAsync(RowReader rows, RepositoryId id, string repository) =>
        await rows.FindAsync<string>("SELECT document FROM repository_policy WHERE repository_id = @repository", new { repository }) is { } stored
            ? await PolicyIntake.PrintAsync(rows, stored, id.Registry)
            : throw new RepositoryPolicyNotFound(id).AsException();
}
