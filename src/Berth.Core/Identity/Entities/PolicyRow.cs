using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>An account's own managed policy as its rows have it, and what else is asked of policies in a transaction.</summary>
internal sealed record PolicyRow
{
    private const string Columns = "e.id, e.arn, e.name, e.path, e.description, e.created_at, p.default_version, p.latest_version, p.updated_at";

    public string Id { get; init; } = "";

    public string Arn { get; init; } = "";

    public string Name { get; init; } = "";

    public string Path { get; init; } = "";

    public string? Description { get; init; }

    public long CreatedAt { get; init; }

    public int DefaultVersion { get; init; }

    public int LatestVersion { get; init; }

    public long UpdatedAt { get; init; }

    public ManagedPolicy ToPolicy() => new()
    {
        Id = Id,
        Arn = Arn,
        Name = Name,
        Path = Path,
        Description = Description,
        DefaultVersion = DefaultVersion,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt),
    };

    /// <summary>The account's own policy of that ARN. Faults: see <see cref="ManagedPolicies"/>.</summary>
    public static async Task<PolicyRow> GetAsync(RowReader rows, string arn)
    {
        if (AwsManagedPolicies.Find(arn) is not null)
        {
            throw new IdentityInputInvalid($"the policy '{arn}' is changed by AWS alone").AsException();
        }

        RefuseMalformed(arn);
        return await rows.FindAsync<PolicyRow>(
            $"SELECT {Columns} FROM iam_entity e JOIN iam_policy p ON p.id = e.id WHERE e.arn = @arn", new { arn }) ?? throw NotFound(arn);
    }

    /// <summary>The policies of entities that are some, in their order.</summary>
    public static async Task<IReadOnlyList<ManagedPolicy>> ReadAsync(RowReader rows, IReadOnlyList<string> ids)
    {
        var wanted = new ValueList("id", ids);
        var found = (await rows.QueryAsync<PolicyRow>(
                $"SELECT {Columns} FROM iam_entity e JOIN iam_policy p ON p.id = e.id WHERE e.id IN {wanted}", wanted.With(new { })))
            .ToDictionary(row => row.Id, StringComparer.Ordinal);
        return [.. ids.Select(id => found[id].ToPolicy())];
    }

    /// <summary>An account's own policies after a key, in the order of their names.</summary>
    public static Task<IReadOnlyList<PolicyRow>> ListAsync(RowReader rows, AccountScope scope, PolicyFilter filter, string? after, int limit) =>
        rows.QueryAsync<PolicyRow>(
            $"""
            SELECT {Columns} FROM iam_entity e JOIN iam_policy p ON p.id = e.id
             WHERE e.account = @account AND e.kind = 'policy' AND e.name_key || ' local' > @after
               AND substr(e.path, 1, length(@prefix)) = @prefix
               AND (@used = FALSE OR EXISTS (SELECT 1 FROM iam_attachment a WHERE a.policy_arn = e.arn))
               AND (@bounding = FALSE OR EXISTS (SELECT 1 FROM iam_entity b WHERE b.boundary = e.arn))
             ORDER BY e.name_key LIMIT @limit
            """,
            new
            {
                account = scope.Account.ToString(),
                after = after ?? "",
                prefix = filter.PathPrefix,
                used = filter.IsAttached,
                bounding = filter.IsBoundary,
                limit,
            });

    public static void RefuseMalformed(string arn)
    {
        if (arn.Split(':', 6) is not ["arn", _, "iam", "", _, _])
        {
            throw new IdentityValidationFailed("Invalid ARN:  Could not be parsed!").AsException();
        }
    }

    public static FaultException NotFound(string arn) => new IdentityNotFound($"Policy {arn} was not found.").AsException();
}
