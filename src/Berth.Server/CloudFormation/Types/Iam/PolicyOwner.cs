using Berth.Server.Iam.Attachments;
using Berth.Server.Iam.InlinePolicies;

namespace Berth.Server.CloudFormation.Types.Iam;

/// <summary>What may have policies: the requests that give and take them, each for the entity of a name.</summary>
internal sealed record PolicyOwner
{
    /// <summary>Users.</summary>
    public static readonly PolicyOwner User = new()
    {
        Put = (name, policy) => new PutUserPolicy.Request { UserName = name, PolicyName = policy.PolicyName, PolicyDocument = policy.PolicyDocument },
        Delete = (name, policy) => new DeleteUserPolicy.Request { UserName = name, PolicyName = policy },
        Attach = (name, arn) => new AttachUserPolicy.Request { UserName = name, PolicyArn = arn },
        Detach = (name, arn) => new DetachUserPolicy.Request { UserName = name, PolicyArn = arn },
    };

    /// <summary>Groups.</summary>
    public static readonly PolicyOwner Group = new()
    {
        Put = (name, policy) => new PutGroupPolicy.Request { GroupName = name, PolicyName = policy.PolicyName, PolicyDocument = policy.PolicyDocument },
        Delete = (name, policy) => new DeleteGroupPolicy.Request { GroupName = name, PolicyName = policy },
        Attach = (name, arn) => new AttachGroupPolicy.Request { GroupName = name, PolicyArn = arn },
        Detach = (name, arn) => new DetachGroupPolicy.Request { GroupName = name, PolicyArn = arn },
    };

    /// <summary>Roles.</summary>
    public static readonly PolicyOwner Role = new()
    {
        Put = (name, policy) => new PutRolePolicy.Request { RoleName = name, PolicyName = policy.PolicyName, PolicyDocument = policy.PolicyDocument },
        Delete = (name, policy) => new DeleteRolePolicy.Request { RoleName = name, PolicyName = policy },
        Attach = (name, arn) => new AttachRolePolicy.Request { RoleName = name, PolicyArn = arn },
        Detach = (name, arn) => new DetachRolePolicy.Request { RoleName = name, PolicyArn = arn },
    };

    /// <summary>Sets an inline policy.</summary>
    public required Func<string, PolicyProperty, object> Put { get; init; }

    /// <summary>Removes the inline policy of a name.</summary>
    public required Func<string, string, object> Delete { get; init; }

    /// <summary>Attaches the managed policy of an ARN.</summary>
    public required Func<string, string, object> Attach { get; init; }

    /// <summary>Detaches it.</summary>
    public required Func<string, string, object> Detach { get; init; }
}
