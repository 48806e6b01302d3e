using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>A row of <c>iam_entity</c>, and the look-ups that several capabilities share.</summary>
internal sealed record EntityRow
{
    public const string Columns = "e.id, e.account, e.kind, e.name, e.path, e.arn, e.description, e.boundary, e.created_at";

    public string Id { get; init; } = "";

    public string Account { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Name { get; init; } = "";

    public string Path { get; init; } = "";

    public string Arn { get; init; } = "";

    public string? Description { get; init; }

    public string? Boundary { get; init; }

    public long CreatedAt { get; init; }

    /// <summary>The id of whom it was asked for, in statements that ask for what several have.</summary>
    public string Owner { get; init; } = "";

    public Entity ToEntity() => new()
    {
        Id = Id,
        Account = AccountId.Parse(Account),
        Kind = EntityKind.Of(Kind),
        Name = Name,
        Path = Path,
        Arn = Arn,
        Description = Description,
        Boundary = Boundary,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
    };

    public static async Task<Entity?> FindAsync(RowReader rows, EntityName name) =>
        (await rows.FindAsync<EntityRow>(
            $"SELECT {Columns} FROM iam_entity e WHERE e.account = @account AND e.kind = @kind AND e.name_key = @key",
            new { account = name.Scope.Account.ToString(), kind = name.Kind.Name, key = name.Key }))?.ToEntity();

    public static async Task<Entity?> FindByIdAsync(RowReader rows, string id) =>
        (await rows.FindAsync<EntityRow>($"SELECT {Columns} FROM iam_entity e WHERE e.id = @id", new { id }))?.ToEntity();

    public static async Task<Entity?> FindByArnAsync(RowReader rows, string arn) =>
        (await rows.FindAsync<EntityRow>($"SELECT {Columns} FROM iam_entity e WHERE e.arn = @arn", new { arn }))?.ToEntity();

    public static async Task<Entity> GetAsync(RowReader rows, EntityName name) =>
        await FindAsync(rows, name) ?? throw new EntityNotFound(name.Kind.Title, name.Name).AsException();
}
