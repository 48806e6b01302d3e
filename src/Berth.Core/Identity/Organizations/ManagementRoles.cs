using Berth.Identity.Entities;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Organizations;

/// <summary>
/// The role in a new account through which the management account gets in: it may do everything there, and whom of the management
/// account it lets in that account's own policies decide (Organizations User Guide, "Accessing member accounts").
/// </summary>
public sealed class ManagementRoles(IamRoles roles, InlinePolicies policies, Organization organization)
{
    /// <summary>Its name unless another is asked for (CreateAccount: RoleName).</summary>
    public const string UsualName = "OrganizationAccountAccessRole";

    private static readonly InlinePolicy Everything = new(
        "AdministratorAccess", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""");

    private string Trust =>
        $$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"{{{Principal.Root(organization.Management, organization.Partition).Arn}}}"},"Action":"sts:AssumeRole"}]}""";

    /// <summary>Makes the role in an account that was made in the same transaction.</summary>
    internal async Task CreateAsync(Transaction tx, AccountId account, string name)
    {
        var scope = new AccountScope(account, organization.Partition);
        var role = await roles.CreateAsync(tx, new NewRole(new(new(scope, EntityKind.Role, name)), Trust));
        await policies.PutAsync(tx, role.Entity, Everything);
    }
}
