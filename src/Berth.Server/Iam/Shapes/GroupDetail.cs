using Berth.Identity.Entities;

namespace Berth.Server.Iam.Shapes;

/// <summary>A group (IAM's shape <c>Group</c>).</summary>
internal sealed record GroupDetail(string Path, string GroupName, string GroupId, string Arn, DateTimeOffset CreateDate)
{
    public static GroupDetail Of(Entity group) => new(group.Path, group.Name, group.Id, group.Arn, group.CreatedAt);
}
