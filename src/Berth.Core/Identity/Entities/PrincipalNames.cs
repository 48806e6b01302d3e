using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Berth.Storage.Rows;

namespace Berth.Identity.Entities;

/// <summary>
/// The users and roles that a policy of a resource or role names. They are stored by their ids and shown by their ARNs: whoever
/// comes later under the name of one who was deleted is not meant, and is shown as the id that nobody has any more
/// (IAM User Guide, "AWS JSON policy elements: Principal").
/// </summary>
public static class PrincipalNames
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The document with ids for ARNs. The document was read as a policy before. A user or role that is not there, by ARN or by
    /// id, is a <see cref="PrincipalUnknownException"/>.
    /// </summary>
    public static Task<string> ToIdsAsync(RowReader rows, string document) => RewriteAsync(document, async name =>
    {
        var entity = IsUserOrRole(name) ? await EntityRow.FindByArnAsync(rows, name)
            : IsId(name) ? await EntityRow.FindByIdAsync(rows, name)
            : null;
        return entity?.Id ?? (IsUserOrRole(name) || IsId(name) ? throw new PrincipalUnknownException(name) : name);
    });

    /// <summary>The document with ARNs for ids, as far as there is still somebody of that id.</summary>
    public static async Task<string> ToArnsAsync(RowReader rows, string document) => (await ToArnsAsync(rows, [document]))[0];

    /// <summary>The documents with ARNs for ids, in their order; who is meant is asked for once.</summary>
    public static async Task<IReadOnlyList<string>> ToArnsAsync(RowReader rows, IReadOnlyList<string> documents)
    {
        var ids = documents.SelectMany(document => Principals(JsonNode.Parse(document)!))
            .Select(name => name.GetValue<string>()).Where(IsId).Distinct(StringComparer.Ordinal).ToList();
        if (ids is [])
        {
            return documents;
        }

        var wanted = new ValueList("id", ids);
        var arns = (await rows.QueryAsync<EntityRow>($"SELECT id, arn FROM iam_entity WHERE id IN {wanted}", wanted.With(new { })))
            .ToDictionary(row => row.Id, row => row.Arn, StringComparer.Ordinal);
        var rewritten = new List<string>(documents.Count);
        foreach (var document in documents)
        {
            rewritten.Add(await RewriteAsync(document, name => Task.FromResult(arns.GetValueOrDefault(name, name))));
        }

        return rewritten;
    }

    private static bool IsUserOrRole(string name) =>
        name.Split(':', 6) is ["arn", _, "iam", _, _, var resource]
        && (resource.StartsWith("user/", StringComparison.Ordinal) || resource.StartsWith("role/", StringComparison.Ordinal));

    private static bool IsId(string name) =>
        name.Length == 21
        && (name.StartsWith(EntityKind.User.IdPrefix, StringComparison.Ordinal) || name.StartsWith(EntityKind.Role.IdPrefix, StringComparison.Ordinal));

    private static async Task<string> RewriteAsync(string document, Func<string, Task<string>> rewrite)
    {
        var root = JsonNode.Parse(document)!;
        var hasChanged = false;
        foreach (var name in Principals(root).ToList())
        {
            var (before, after) = (name.GetValue<string>(), await rewrite(name.GetValue<string>()));
            if (!string.Equals(before, after, StringComparison.Ordinal))
            {
                name.ReplaceWith(after);
                hasChanged = true;
            }
        }

        return hasChanged ? root.ToJsonString(Plain) : document;
    }

    private static IEnumerable<JsonValue> Principals(JsonNode root) =>
        from statement in Many(root["Statement"])
        from kinds in new[] { statement?["Principal"], statement?["NotPrincipal"] }.OfType<JsonObject>()
        from name in Many(kinds["AWS"]).OfType<JsonValue>()
        select name;

    private static IEnumerable<JsonNode?> Many(JsonNode? node) => node is JsonArray several ? several : new[] { node };
}

/// <summary>A policy names a user or role that is not there.</summary>
/// <param name="name">The ARN.</param>
public sealed class PrincipalUnknownException(string name) : Exception($"there is no '{name}'")
{
    /// <summary>The ARN.</summary>
    public string Name { get; } = name;
}
