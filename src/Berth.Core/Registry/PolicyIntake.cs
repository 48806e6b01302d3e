using Berth.Identity;
using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Policy.Documents;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>What a policy of a repository and one of a registry pass alike on the way from their authors into rows.</summary>
internal static class PolicyIntake
{
    /// <summary>The document as rows keep it, its users and roles as ids. Fault: <see cref="PolicyPrincipalNotFound"/>.</summary>
    public static async Task<string> ToStoredAsync(RowReader rows, string text)
    {
        try
        {
            return await PrincipalNames.ToIdsAsync(rows, text);
        }
        catch (PrincipalUnknownException unknown)
        {
            throw new PolicyPrincipalNotFound(unknown.Name).AsException();
        }
    }

    /// <summary>The document as ECR answers it.</summary>
    public static async Task<string> PrintAsync(RowReader rows, string stored, RegistryId registry) =>
        PolicyPrinter.Print(await PrincipalNames.ToArnsAsync(rows, stored), registry.Region.Partition);

    /// <summary>
    /// Whether an author who sets a document could never set another. Only what is denied unconditionally counts: a condition may
    /// come to hold for somebody, and ECR's own tutorials lock out all but two roles by one.
    /// </summary>
    /// <param name="rows">Where the author's role is found.</param>
    /// <param name="document">What is to be set.</param>
    /// <param name="author">Who sets it.</param>
    /// <param name="again">What setting another would be: its action, the resource, and whose that is.</param>
    public static async Task<bool> LocksOutAsync(
        RowReader rows, PolicyDocument document, Caller author, (string Action, string Resource, AccountId Owner) again)
    {
        var arn = (await EntityRow.FindByIdAsync(rows, author.OwnerId))?.Arn ?? author.Arn;
        var request = new AccessRequest(author.Arn, author.Account.ToString(), again.Action, again.Resource, again.Owner.ToString())
        {
            Context = new([KeyValuePair.Create("aws:PrincipalArn", ContextValue.One(arn))]),
        };
        var unconditional = document with { Statements = [.. document.Statements.Where(statement => !statement.IsConditional)] };
        return Evaluator.Decide(request, new() { Resource = [unconditional] }).Verdict is Verdict.ExplicitlyDenied;
    }
}
