using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Instances;

/// <summary>Shows one attribute of an instance.</summary>
internal sealed class DescribeInstanceAttribute(Networks networks) : Ec2Operation<DescribeInstanceAttribute.Request, DescribeInstanceAttribute.Response>
{
    public sealed record Request : Ec2Request
    {
        public required string InstanceId { get; init; }

        public required string Attribute { get; init; }
    }

    public sealed record Response
    {
        public required string InstanceId { get; init; }

        public Text? UserData { get; init; }

        public Text? InstanceType { get; init; }

        public AttributeFlag? DisableApiTermination { get; init; }

        public AttributeFlag? SourceDestCheck { get; init; }

        [JsonPropertyName("groupSet")]
        public IReadOnlyList<GroupIdentifier>? Groups { get; init; }
    }

    /// <summary>A text; empty for none.</summary>
    public sealed record Text
    {
        public string? Value { get; init; }
    }

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => NetworkKind.Instance.ArnOf(call.Registry, request.InstanceId);

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var view = (await networks.Objects.ReadAsync(
            async rows => await InstanceView.ViewAsync(
                networks, rows, call.Registry, [await networks.Objects.GetAsync<Instance>(rows, call.Registry, request.InstanceId)]),
            cancel))[0];
        var answer = new Response { InstanceId = request.InstanceId };
        return request.Attribute switch
        {
            "userData" => answer with { UserData = new() { Value = view.Instance.UserData } },
            "instanceType" => answer with { InstanceType = new() { Value = view.Instance.InstanceType } },
            "disableApiTermination" => answer with { DisableApiTermination = new() { Value = view.Instance.IsProtected } },
            "sourceDestCheck" => answer with { SourceDestCheck = new() { Value = view.Interface?.SourceDestCheck } },
            "groupSet" => answer with { Groups = view.Groups },
            _ => throw NetworkRefused.Value(request.Attribute, "attribute", "Unknown attribute.").AsException(),
        };
    }
}
