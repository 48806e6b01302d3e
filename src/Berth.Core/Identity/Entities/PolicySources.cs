using Berth.Storage.Rows;

namespace Berth.Identity.Entities;

/// <summary>A policy of an identity, and where it comes from.</summary>
/// <param name="Origin">As IAM's simulation names it: <c>user</c>, <c>group</c>, <c>role</c>, <c>aws-managed</c>, <c>user-managed</c>.</param>
/// <param name="Name">The name of an inline policy, or of a managed one.</param>
/// <param name="Document">Its text.</param>
public sealed record PolicySource(string Origin, string Name, string Document);

/// <summary>All policies that users, groups and roles have of their own side.</summary>
public sealed class PolicySources(Database database)
{
    /// <summary>The policies of an entity, and for a user those of its groups.</summary>
    public Task<IReadOnlyList<PolicySource>> ListAsync(Entity entity, CancellationToken cancel) =>
        database.ReadAsync(rows => ReadAsync(rows, entity), cancel);

    /// <summary>A managed policy, AWS's or an account's, by its default version; null when there is none of that ARN.</summary>
    public Task<PolicySource?> FindManagedAsync(string arn, CancellationToken cancel) =>
        database.ReadAsync(rows => FindManagedAsync(rows, arn), cancel);

    /// <summary>Its own first, then its groups': in a decision's reasons a policy is told by its place.</summary>
    internal static async Task<IReadOnlyList<PolicySource>> ReadAsync(RowReader rows, Entity entity)
    {
        var sources = new List<PolicySource>();
        await AddAsync(rows, entity.Id, entity.Kind, sources);
        foreach (var group in await rows.QueryAsync<string>(
            "SELECT group_id FROM iam_membership WHERE user_id = @Id ORDER BY group_id", new { entity.Id }))
        {
            await AddAsync(rows, group, EntityKind.Group, sources);
        }

        return sources;
    }

    private static async Task AddAsync(RowReader rows, string id, EntityKind kind, List<PolicySource> sources)
    {
        var inline = await rows.QueryAsync<Row>("SELECT name, document FROM iam_inline_policy WHERE entity_id = @id ORDER BY name", new { id });
        sources.AddRange(inline.Select(row => new PolicySource(kind.Name, row.Name, row.Document)));
        foreach (var arn in await rows.QueryAsync<string>("SELECT policy_arn FROM iam_attachment WHERE entity_id = @id ORDER BY policy_arn", new { id }))
        {
            if (await FindManagedAsync(rows, arn) is { } managed)
            {
                sources.Add(managed);
            }
        }
    }

    private static async Task<PolicySource?> FindManagedAsync(RowReader rows, string arn) =>
        await ManagedPolicyRow.FindDocumentAsync(rows, arn) is { } document
            ? new(AwsManagedPolicies.Find(arn) is null ? "user-managed" : "aws-managed", arn[(arn.LastIndexOf('/') + 1)..], document)
            : null;

    private sealed record Row
    {
        public string Name { get; init; } = "";

        public string Document { get; init; } = "";
    }
}
