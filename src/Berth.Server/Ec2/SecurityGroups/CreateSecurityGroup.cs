using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.SecurityGroups;

/// <summary>Makes a security group that lets everything out and nothing in.</summary>
internal sealed class CreateSecurityGroup(Networks networks, Authorizer authorizer) : Ec2Creation<CreateSecurityGroup.Request, CreateSecurityGroup.Response>(authorizer, NetworkKind.SecurityGroup)
{
    public sealed record Request : Ec2CreationRequest
    {
        public required string GroupName { get; init; }

        [JsonPropertyName("groupDescription")]
        public required string Description { get; init; }

        public string? VpcId { get; init; }
    }

    public sealed record Response(string GroupId, [property: JsonPropertyName("tagSet")] IReadOnlyList<TagEntry> Tags, string SecurityGroupArn);

    protected override IEnumerable<string> Resources(Call call, Request request) => request.VpcId is { } vpc ? [NetworkKind.SecurityGroup.ArnOf(call.Registry, "*"), NetworkKind.Vpc.ArnOf(call.Registry, vpc)] : [NetworkKind.SecurityGroup.ArnOf(call.Registry, "*")];

    // EC2 API Reference, "CreateSecurityGroup": up to 255 characters of these.
    private static void Check(string text, string member)
    {
        if (text.Length is 0 or > 255 || !text.All(c => char.IsAsciiLetterOrDigit(c) || " ._-:/()#,@[]+=&;{}!$*".Contains(c, StringComparison.Ordinal)))
        {
            throw NetworkRefused.Value(text, member, "Character sets beyond ASCII are not supported.").AsException();
        }
    }

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var vpc = request.VpcId ?? throw NetworkRefused.NoDefaultVpc().AsException();
        Check(request.GroupName, "groupName");
        Check(request.Description, "groupDescription");
        if (request.GroupName.StartsWith("sg-", StringComparison.Ordinal))
        {
            throw NetworkRefused.Invalid($"invalid value for parameter groupName ({request.GroupName}). Group names may not be in the format sg-*").AsException();
        }

        if (request.GroupName is SecurityGroup.Default)
        {
            throw NetworkRefused.Invalid("Cannot use reserved security group name: default").AsException();
        }

        var made = await networks.SecurityGroups.CreateAsync(
            new() { Home = call.Registry, VpcId = vpc, Name = request.GroupName, Description = request.Description, Tags = TagsOf(request) }, cancel);
        return new(made.Id, TagEntry.All(made.Tags), made.Arn);
    }
}
