using Berth.Identity.Entities;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Iam.ServiceLinkedRoles;

/// <summary>
/// The ids of deletions, <c>task/aws-service-role/SERVICE/ROLE/...</c>. A deletion is over when its id is known, so the id itself is
/// all there is to remember: its last part proves that it was given for this role to this account.
/// </summary>
internal sealed class DeletionTasks(PageTokens tokens)
{
    private const string Prefix = "task";

    /// <summary>The id of the deletion of a role.</summary>
    public string Issue(Entity role) =>
        $"{Prefix}{role.Path}{role.Name}/{tokens.Issue(Question(role.Account, $"{role.Path}{role.Name}"), role.Id)}";

    /// <summary>Whether the id was given to that account.</summary>
    public bool IsIssued(AccountId account, string id)
    {
        var last = id.LastIndexOf('/');
        if (last < Prefix.Length || !id.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            return tokens.Read(Question(account, id[Prefix.Length..last]), id[(last + 1)..]) is not null;
        }
        catch (FaultException refused) when (refused.Fault is PageTokenInvalid)
        {
            return false;
        }
    }

    /// <summary>The role an id speaks of, or null.</summary>
    public static ServiceRole? RoleOf(string id) =>
        ServiceRole.All.FirstOrDefault(role => id.StartsWith($"{Prefix}{role.Path}{role.Name}/", StringComparison.Ordinal));

    private static string[] Question(AccountId account, string role) => ["service-linked-role-deletion", account.ToString(), role];
}
