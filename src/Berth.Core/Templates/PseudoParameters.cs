namespace Berth.Templates;

/// <summary>What a template may read of the stack that it is for, without declaring it.</summary>
/// <param name="Account">The account.</param>
/// <param name="Region">The Region.</param>
/// <param name="Partition">The Region's partition.</param>
/// <param name="StackName">The stack's name.</param>
/// <param name="StackId">The stack's ARN.</param>
public sealed record PseudoParameters(string Account, string Region, string Partition, string StackName, string StackId)
{
    /// <summary>Stands for nothing at all: what is set to it is not set.</summary>
    internal const string NoValue = "AWS::NoValue";

    /// <summary>The names that there are.</summary>
    internal static readonly string[] Names =
    [
        "AWS::AccountId", "AWS::Region", "AWS::Partition", "AWS::URLSuffix", "AWS::StackName", "AWS::StackId", "AWS::NotificationARNs", NoValue,
    ];

    /// <summary>The value of one; null for one that is no text, and for one that there is not.</summary>
    internal string? Find(string name) => name switch
    {
        "AWS::AccountId" => Account,
        "AWS::Region" => Region,
        "AWS::Partition" => Partition,
        "AWS::URLSuffix" => Partition is "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com",
        "AWS::StackName" => StackName,
        "AWS::StackId" => StackId,
        _ => null,
    };
}
