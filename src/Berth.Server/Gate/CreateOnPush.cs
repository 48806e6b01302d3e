using Berth.Creation;
using Berth.Identity;
using Berth.Identity.Delivery;
using Berth.Identity.Entities;
using Berth.Vocabulary;

namespace Berth.Server.Gate;

/// <summary>
/// Makes the repository that a push names and that is not there, for who may push to it: where a template of the registry's owner is
/// applied on a push, or, with the switch on, for who may create repositories.
/// </summary>
internal sealed class CreateOnPush(ImplicitRepositories repositories, RoleAccess roles, Authorizer authorizer, CreateOnPushOptions options)
{
    private const TemplateScenario Occasion = TemplateScenario.CreateOnPush;

    /// <summary>The service that roles of templates must trust, and that they are passed to.</summary>
    public const string Service = "ecr.amazonaws.com";

    /// <summary>
    /// Does what begins a push, and does it once more when the repository was missing and could be made. Then the caller is authorized
    /// again, since the repository has a policy of its own now.
    /// </summary>
    /// <param name="push">What the caller does, and was authorized to do.</param>
    /// <param name="id">The repository.</param>
    /// <param name="begin">Does it; its fault is <see cref="RepositoryNotFound"/> when the repository is missing.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<T> RunAsync<T>(Access push, RepositoryId id, Func<Task<T>> begin, CancellationToken cancel)
    {
        try
        {
            return await begin();
        }
        catch (FaultException missing) when (missing.Fault is RepositoryNotFound)
        {
            if (!await TryCreateAsync(push, id, cancel))
            {
                throw;
            }
        }

        await authorizer.AuthorizeAsync(push, cancel);
        return await begin();
    }

    private async Task<bool> TryCreateAsync(Access push, RepositoryId id, CancellationToken cancel)
    {
        var template = await repositories.FindTemplateAsync(id, Occasion, cancel);
        if (template is null && !(options.Always && await authorizer.IsAllowedAsync(push with { Action = "ecr:CreateRepository" }, cancel)))
        {
            return false;
        }

        if (template is not null)
        {
            await CheckRoleAsync(push, id, template, cancel);
        }

        await repositories.CreateAsync(id, Occasion, cancel);
        return true;
    }

    // ECR's own role may create repositories and nothing else (AWSServiceRoleForECRTemplate).
    private async Task CheckRoleAsync(Access push, RepositoryId id, CreationTemplate template, CancellationToken cancel)
    {
        if (template.RoleArn is null)
        {
            if (template.ResourceTags.Count > 0)
            {
                throw Unusable(template, "it has resource tags, so it needs a role that may ecr:TagResource");
            }

            return;
        }

        if (await roles.FindAsync(template.RoleArn, cancel) is not { } role
            || !new ServiceTrust(Service, id.Arn, id.Account.ToString(), push.Circumstances.Time).Allows(role, "sts:AssumeRole"))
        {
            throw Unusable(template, $"its role '{template.RoleArn}' is gone, or does not trust {Service}");
        }

        string[] actions = ["ecr:CreateRepository", .. template.ResourceTags.Count > 0 ? ["ecr:TagResource"] : Array.Empty<string>()];
        foreach (var action in actions)
        {
            if (!await authorizer.IsAllowedAsync(AsRole(push, role, action, template), cancel))
            {
                throw Unusable(template, $"its role '{template.RoleArn}' may not {action}");
            }
        }
    }

    private static Access AsRole(Access push, RoleRules role, string action, CreationTemplate template)
    {
        var partition = role.Role.Arn.Split(':')[1];
        var session = new Principal($"arn:{partition}:sts::{role.Role.Account}:assumed-role/{role.Role.Name}/ecr", role.Role.Account, $"{role.Role.Id}:ecr");
        var now = push.Circumstances.Time;
        return push with
        {
            Caller = new(session, "") { Session = new() { OwnerId = role.Role.Id, IssuedAt = now, ExpiresAt = now } },
            Action = action,
            Keys = [.. RequestTags.Of([.. template.ResourceTags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value))])],
        };
    }

    private static FaultException Unusable(CreationTemplate template, string reason) => new TemplateRoleUnusable(template.Prefix, reason).AsException();
}

/// <summary>Whether repositories are made on push without a template.</summary>
/// <param name="Always">For everybody who may create repositories.</param>
internal sealed record CreateOnPushOptions(bool Always);
