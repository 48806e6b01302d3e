namespace Berth.Identity.Entities;

/// <summary>The documents of AWS's policies.</summary>
internal static class AwsPolicyTexts
{
    public const string FullAccess =
        """
        {"Version":"2012-10-17","Statement":[
         {"Effect":"Allow","Action":["ecr:*","cloudtrail:LookupEvents"],"Resource":"*"},
         {"Effect":"Allow","Action":["iam:CreateServiceLinkedRole"],"Resource":"*",
          "Condition":{"StringEquals":{"iam:AWSServiceName":["replication.ecr.amazonaws.com"]}}}]}
        """;

    public const string PullThroughCache =
        """
        {"Version":"2012-10-17","Statement":[
         {"Sid":"ECR","Effect":"Allow","Action":["ecr:GetAuthorizationToken","ecr:BatchCheckLayerAvailability",
          "ecr:InitiateLayerUpload","ecr:UploadLayerPart","ecr:CompleteLayerUpload","ecr:PutImage","ecr:BatchGetImage",
          "ecr:BatchImportUpstreamImage","ecr:GetDownloadUrlForLayer","ecr:GetImageCopyStatus"],"Resource":"*",
          "Condition":{"StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"}}},
         {"Sid":"SecretsManager","Effect":"Allow","Action":["secretsmanager:GetSecretValue"],
          "Resource":"arn:aws:secretsmanager:*:*:secret:ecr-pullthroughcache/*",
          "Condition":{"StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"}}}]}
        """;

    public const string ManagedInstance =
        """
        {"Version":"2012-10-17","Statement":[
         {"Effect":"Allow","Action":["ssm:DescribeAssociation","ssm:GetDeployablePatchSnapshotForInstance","ssm:GetDocument",
          "ssm:DescribeDocument","ssm:GetManifest","ssm:GetParameter","ssm:GetParameters","ssm:ListAssociations",
          "ssm:ListInstanceAssociations","ssm:PutInventory","ssm:PutComplianceItems","ssm:PutConfigurePackageResult",
          "ssm:UpdateAssociationStatus","ssm:UpdateInstanceAssociationStatus","ssm:UpdateInstanceInformation"],"Resource":"*"},
         {"Effect":"Allow","Action":["ssmmessages:CreateControlChannel","ssmmessages:CreateDataChannel",
          "ssmmessages:OpenControlChannel","ssmmessages:OpenDataChannel"],"Resource":"*"},
         {"Effect":"Allow","Action":["ec2messages:AcknowledgeMessage","ec2messages:DeleteMessage","ec2messages:FailMessage",
          "ec2messages:GetEndpoint","ec2messages:GetMessages","ec2messages:SendReply"],"Resource":"*"}]}
        """;

    /// <summary>A document that allows actions on everything.</summary>
    public static string Allow(IEnumerable<string> actions, string? sid = null)
    {
        var named = sid is null ? "" : $"\"Sid\":\"{sid}\",";
        var list = string.Join(',', actions.Select(action => $"\"{action}\""));
        return $$"""{"Version":"2012-10-17","Statement":[{{{named}}"Effect":"Allow","Action":[{{list}}],"Resource":"*"}]}""";
    }
}
