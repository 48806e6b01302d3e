namespace Berth.Trail;

/// <summary>Something that an event was about.</summary>
/// <param name="Type">Its type in CloudFormation's words, such as <c>AWS::ECR::Repository</c>.</param>
/// <param name="Name">Its ARN, or the name that people know it by.</param>
public sealed record TrailResource(string Type, string Name)
{
    /// <summary>The type of repositories.</summary>
    public const string Repository = "AWS::ECR::Repository";

    /// <summary>Whether the name is an ARN.</summary>
    public bool IsArn => Name.StartsWith("arn:", StringComparison.Ordinal);

    /// <summary>The account in the ARN; null where none stands there.</summary>
    public string? Account => Name.Split(':', 6) is ["arn", _, _, _, { Length: > 0 } account, _] ? account : null;
}
