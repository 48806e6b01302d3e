using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Organizations;

/// <summary>An account of the organization.</summary>
/// <param name="Id">Twelve digits.</param>
/// <param name="Name">For people; an account that was never named goes by its id.</param>
/// <param name="Email">Whom to ask; null when nobody said.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record MemberAccount(AccountId Id, string Name, string? Email, DateTimeOffset CreatedAt);

/// <summary>The accounts of the organization: all of the deployment.</summary>
public sealed class MemberAccounts(Database database)
{
    private const string Columns = "id, name, email, created_at";

    /// <summary>A page in the order of their ids.</summary>
    public async Task<IReadOnlyList<MemberAccount>> ListAsync(string? after, int limit, CancellationToken cancel)
    {
        var found = await database.ReadAsync(
            rows => rows.QueryAsync<Row>(
                $"SELECT {Columns} FROM account WHERE id > @from ORDER BY id LIMIT @limit", new { from = after ?? "", limit }),
            cancel);
        return [.. found.Select(row => row.ToAccount())];
    }

    /// <summary>The account, or the fault <see cref="OrganizationAccountNotFound"/>.</summary>
    public async Task<MemberAccount> GetAsync(string id, CancellationToken cancel) =>
        (await database.ReadAsync(rows => rows.FindAsync<Row>($"SELECT {Columns} FROM account WHERE id = @id", new { id }), cancel))?.ToAccount()
        ?? throw new OrganizationAccountNotFound(id).AsException();

    private sealed record Row
    {
        public string Id { get; init; } = "";

        public string? Name { get; init; }

        public string? Email { get; init; }

        public long CreatedAt { get; init; }

        public MemberAccount ToAccount() => new(AccountId.Parse(Id), Name ?? Id, Email, DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt));
    }
}
