using Berth.Identity.Entities;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Accounts;

/// <summary>A user with its policies (IAM's shape <c>UserDetail</c>).</summary>
internal sealed record AuthorizedUser(string Path, string UserName, string UserId, string Arn, DateTimeOffset CreateDate)
{
    public required IReadOnlyList<PolicyText> UserPolicyList { get; init; }

    public required IReadOnlyList<string> GroupList { get; init; }

    public required IReadOnlyList<AttachedPolicyDetail> AttachedManagedPolicies { get; init; }

    public AttachedBoundary? PermissionsBoundary { get; init; }

    public required IReadOnlyList<TagEntry> Tags { get; init; }

    /// <summary>A user as the wire has it.</summary>
    public static AuthorizedUser Of(UserAuthorization found)
    {
        var user = found.User.Entity;
        return new(user.Path, user.Name, user.Id, user.Arn, user.CreatedAt)
        {
            UserPolicyList = PolicyText.All(found.Policies),
            GroupList = found.Groups,
            AttachedManagedPolicies = [.. found.Policies.Attached.Select(AttachedPolicyDetail.Of)],
            PermissionsBoundary = AttachedBoundary.Of(user.Boundary),
            Tags = TagEntry.All(found.User.Tags),
        };
    }
}

/// <summary>A group with its policies (IAM's shape <c>GroupDetail</c>).</summary>
internal sealed record AuthorizedGroup(string Path, string GroupName, string GroupId, string Arn, DateTimeOffset CreateDate)
{
    public required IReadOnlyList<PolicyText> GroupPolicyList { get; init; }

    public required IReadOnlyList<AttachedPolicyDetail> AttachedManagedPolicies { get; init; }

    /// <summary>A group as the wire has it.</summary>
    public static AuthorizedGroup Of(GroupAuthorization found) =>
        new(found.Group.Path, found.Group.Name, found.Group.Id, found.Group.Arn, found.Group.CreatedAt)
        {
            GroupPolicyList = PolicyText.All(found.Policies),
            AttachedManagedPolicies = [.. found.Policies.Attached.Select(AttachedPolicyDetail.Of)],
        };
}

/// <summary>A role with its policies (IAM's shape <c>RoleDetail</c>).</summary>
internal sealed record AuthorizedRole(string Path, string RoleName, string RoleId, string Arn, DateTimeOffset CreateDate)
{
    public required string AssumeRolePolicyDocument { get; init; }

    public required IReadOnlyList<ProfileDetail> InstanceProfileList { get; init; }

    public required IReadOnlyList<PolicyText> RolePolicyList { get; init; }

    public required IReadOnlyList<AttachedPolicyDetail> AttachedManagedPolicies { get; init; }

    public AttachedBoundary? PermissionsBoundary { get; init; }

    public required IReadOnlyList<TagEntry> Tags { get; init; }

    public required RoleDetail.LastUse RoleLastUsed { get; init; }

    /// <summary>A role as the wire has it.</summary>
    public static AuthorizedRole Of(RoleAuthorization found)
    {
        var (role, whole) = (found.Role.Entity, RoleDetail.Of(found.Role));
        return new(role.Path, role.Name, role.Id, role.Arn, role.CreatedAt)
        {
            AssumeRolePolicyDocument = whole.AssumeRolePolicyDocument!,
            InstanceProfileList = [.. found.Profiles.Select(ProfileDetail.InListing)],
            RolePolicyList = PolicyText.All(found.Policies),
            AttachedManagedPolicies = [.. found.Policies.Attached.Select(AttachedPolicyDetail.Of)],
            PermissionsBoundary = whole.PermissionsBoundary,
            Tags = TagEntry.All(found.Role.Tags),
            RoleLastUsed = whole.RoleLastUsed!,
        };
    }
}

/// <summary>A policy that is part of a user, group or role (IAM's shape <c>PolicyDetail</c>).</summary>
internal sealed record PolicyText(string PolicyName, string PolicyDocument)
{
    /// <summary>All of one.</summary>
    public static IReadOnlyList<PolicyText> All(GrantedPolicies granted) =>
        [.. granted.Inline.Select(policy => new PolicyText(policy.Name, Uri.EscapeDataString(policy.Document)))];
}

/// <summary>A managed policy with its versions (IAM's shape <c>ManagedPolicyDetail</c>).</summary>
internal sealed record AuthorizingPolicy(string PolicyName, string PolicyId, string Arn, string Path, string DefaultVersionId)
{
    public required int AttachmentCount { get; init; }

    public required int PermissionsBoundaryUsageCount { get; init; }

    public required bool IsAttachable { get; init; }

    public string? Description { get; init; }

    public required DateTimeOffset CreateDate { get; init; }

    public required DateTimeOffset UpdateDate { get; init; }

    public required IReadOnlyList<VersionDetail> PolicyVersionList { get; init; }

    /// <summary>A policy as the wire has it.</summary>
    public static AuthorizingPolicy Of(PolicyAuthorization found)
    {
        var policy = PolicyDetail.Of(found.Policy);
        return new(policy.PolicyName, policy.PolicyId, policy.Arn, policy.Path, policy.DefaultVersionId)
        {
            AttachmentCount = policy.AttachmentCount,
            PermissionsBoundaryUsageCount = policy.PermissionsBoundaryUsageCount,
            IsAttachable = policy.IsAttachable,
            Description = policy.Description,
            CreateDate = policy.CreateDate,
            UpdateDate = policy.UpdateDate,
            PolicyVersionList = [.. found.Versions.Select(VersionDetail.Of)],
        };
    }
}
