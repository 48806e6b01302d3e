using Berth.Identity.Delivery;

namespace Berth.Server.Metadata;

/// <summary>Credentials as SDKs ask for them in containers: one request with the secret in its <c>Authorization</c> header.</summary>
internal sealed class ContainerCredentials(MachineRoles roles)
{
    /// <summary>The machine's credentials, or why there are none.</summary>
    public async Task<MetadataAnswer> AnswerAsync(string method, Machine? machine, CancellationToken cancel)
    {
        if (!HttpMethods.IsGet(method))
        {
            return MetadataAnswer.NotGet();
        }

        if (machine is null)
        {
            return MetadataAnswer.Error(StatusCodes.Status401Unauthorized, "AccessDeniedException", "the request does not prove a machine");
        }

        var profile = await roles.FindProfileAsync(machine.ProfileId, cancel);
        if (profile.RoleName is not { } role)
        {
            return MetadataAnswer.Error(
                StatusCodes.Status404NotFound, "ResourceNotFoundException", $"the instance profile '{profile.Arn ?? profile.Id}' has no role");
        }

        return await roles.IssueAsync(machine, profile, cancel) is { } key
            ? MetadataAnswer.OfJson(MetadataDocuments.ContainerCredentials(key, profile))
            : MetadataAnswer.Error(
                StatusCodes.Status403Forbidden, "AssumeRoleUnauthorizedAccess", $"the role '{role}' does not trust ec2.amazonaws.com");
    }
}
