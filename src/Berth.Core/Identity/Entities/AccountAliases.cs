using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>What accounts go by beside their ids: one alias each, and none of two accounts.</summary>
public sealed class AccountAliases(Database database)
{
    /// <summary>The account's alias, or null.</summary>
    public Task<string?> FindAsync(AccountId account, CancellationToken cancel) => database.ReadAsync(
        rows => rows.FindAsync<string>("SELECT alias FROM account WHERE id = @id", new { id = account.ToString() }), cancel);

    /// <summary>Gives an account an alias, instead of the one it had. Fault: <see cref="EntityAlreadyExists"/>.</summary>
    public Task SetAsync(AccountId account, string alias, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            if (await tx.FindAsync<string>("SELECT id FROM account WHERE alias = @alias", new { alias }) is not null)
            {
                throw new EntityAlreadyExists("account alias", alias).AsException();
            }

            await tx.ExecuteAsync("UPDATE account SET alias = @alias WHERE id = @id", new { alias, id = account.ToString() });
        },
        cancel);

    /// <summary>Takes the alias from an account. Fault: <see cref="EntityNotFound"/> when it has another or none.</summary>
    public Task DeleteAsync(AccountId account, string alias, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            if (await tx.ExecuteAsync("UPDATE account SET alias = NULL WHERE id = @id AND alias = @alias", new { alias, id = account.ToString() }) == 0)
            {
                throw new EntityNotFound("account alias", alias).AsException();
            }
        },
        cancel);
}
