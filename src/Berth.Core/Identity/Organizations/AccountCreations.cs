using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Organizations;

/// <summary>
/// Makes accounts for the organization, each with a way in for the management account; nobody has a key of their roots. An
/// account, its role and what became of the request are one transaction.
/// </summary>
public sealed class AccountCreations(Database database, ManagementRoles roles, Ids ids, TimeProvider time)
{
    private const string EmailTaken = "EMAIL_ALREADY_EXISTS";

    /// <summary>Makes an account, unless another has its e-mail address: then the request has failed.</summary>
    public Task<AccountCreation> CreateAsync(WantedAccount wanted, CancellationToken cancel)
    {
        var (id, account, label, now) = (ids.NewAccountRequestId(), ids.NewAccountId(), wanted.Label, time.GetUtcNow());
        return database.WriteAsync(
            async tx =>
            {
                var isTaken = await tx.FindAsync<string>("SELECT id FROM account WHERE lower(email) = lower(@Email)", new { label.Email }) is not null;
                if (!isTaken)
                {
                    await NewAccounts.AddAsync(tx, account, label, now);
                    await roles.CreateAsync(tx, account, wanted.Role);
                }

                var creation = new AccountCreation(id, label.Name, isTaken ? null : account, isTaken ? EmailTaken : null, now);
                await tx.ExecuteAsync(
                    "INSERT INTO account_creation (id, name, account, failure, created_at) VALUES (@Id, @Name, @Account, @Failure, @At)",
                    new { creation.Id, creation.Name, Account = creation.Account?.ToString(), creation.Failure, At = now.ToUnixTimeMilliseconds() });
                return creation;
            },
            cancel);
    }

    /// <summary>What became of a request, or the fault <see cref="OrganizationAccountRequestNotFound"/>.</summary>
    public async Task<AccountCreation> GetAsync(string id, CancellationToken cancel) =>
        (await database.ReadAsync(
            rows => rows.FindAsync<Row>("SELECT id, name, account, failure, created_at FROM account_creation WHERE id = @id", new { id }), cancel))?.ToCreation()
        ?? throw new OrganizationAccountRequestNotFound(id).AsException();

    private sealed record Row
    {
        public string Id { get; init; } = "";

        public string Name { get; init; } = "";

        public string? Account { get; init; }

        public string? Failure { get; init; }

        public long CreatedAt { get; init; }

        public AccountCreation ToCreation() => new(
            Id, Name, Account is null ? null : AccountId.Parse(Account), Failure, DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt));
    }
}
