using System.Globalization;
using System.Text.Json.Serialization;
using Berth.Identity.Delivery;
using Berth.Identity.Entities;
using Berth.Network;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Instances;

/// <summary>
/// Registers instances: places in a subnet and, with an instance profile, machines that are handed its role. It starts nothing. Whoever
/// runs what is meant gets its secret by <c>RenewMachineSecret</c>.
/// </summary>
internal sealed class RunInstances(Networks networks, IamEntities entities, MachineRoles roles, Authorizer authorizer)
    : Ec2Creation<RunInstances.Request, RunInstances.Response>(authorizer, NetworkKind.Instance, NetworkKind.NetworkInterface)
{
    private const int MostAtOnce = 100;

    public sealed record Request : Ec2CreationRequest
    {
        public required int? MinCount { get; init; }

        public required int? MaxCount { get; init; }

        public string? ImageId { get; init; }

        public string? InstanceType { get; init; }

        public string? SubnetId { get; init; }

        [JsonPropertyName("SecurityGroupId")]
        public IReadOnlyList<string>? SecurityGroupIds { get; init; }

        public string? PrivateIpAddress { get; init; }

        [JsonPropertyName("networkInterface")]
        public IReadOnlyList<InterfaceSpecification>? NetworkInterfaces { get; init; }

        public ProfileSpecification? IamInstanceProfile { get; init; }

        public string? KeyName { get; init; }

        public string? UserData { get; init; }

        public bool? DisableApiTermination { get; init; }

        public PlacementInput? Placement { get; init; }

        public string? ClientToken { get; init; }

        /// <summary>What is asked of the machine itself has no consequence here.</summary>
        public bool? EbsOptimized { get; init; }

        public string? InstanceInitiatedShutdownBehavior { get; init; }

        public MonitoringInput? Monitoring { get; init; }

        public MetadataInput? MetadataOptions { get; init; }
    }

    public sealed record Response(
        string ReservationId,
        string OwnerId,
        [property: JsonPropertyName("groupSet")] IReadOnlyList<GroupIdentifier> Groups,
        [property: JsonPropertyName("instancesSet")] IReadOnlyList<InstanceDetail> Instances);

    protected override IEnumerable<string> Resources(Call call, Request request)
    {
        yield return NetworkKind.Instance.ArnOf(call.Registry, "*");
        yield return NetworkKind.NetworkInterface.ArnOf(call.Registry, "*");
        yield return $"arn:{call.Region.Partition}:ec2:{call.Region}::image/{request.ImageId ?? "*"}";
        var input = InstanceInput.Of(request);
        yield return NetworkKind.Subnet.ArnOf(call.Registry, input.SubnetId ?? "*");
        foreach (var group in input.GroupIds)
        {
            yield return NetworkKind.SecurityGroup.ArnOf(call.Registry, group);
        }
    }

    protected override async Task PermitAsync(Call call, Request request, CancellationToken cancel)
    {
        await base.PermitAsync(call, request, cancel);
        if (await FindProfileAsync(call, request.IamInstanceProfile, cancel) is { } profile)
        {
            var role = (await roles.FindProfileAsync(profile.Id, cancel)).RoleArn
                ?? throw NetworkRefused.Invalid($"IAM Instance Profile \"{profile.Arn}\" has no associated IAM Roles").AsException();
            var service = KeyValuePair.Create("iam:PassedToService", ContextValue.One(MachineRoles.Service));
            await Authorizer.AuthorizeAsync(call.To("iam:PassRole", role, service), cancel);
        }
    }

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var (least, most) = CountsOf(request);
        var input = InstanceInput.Of(request);
        var made = await networks.Instances.RunAsync(
            new(call.Registry, input.Like(call, request) with { Tags = TagsOf(request) }, least, most)
            {
                Profile = await FindProfileAsync(call, request.IamInstanceProfile, cancel),
                PrivateAddress = input.PrivateAddress,
                InterfaceTags = TagsOf(request, NetworkKind.NetworkInterface),
            },
            cancel);
        var views = await networks.Objects.ReadAsync(rows => InstanceView.ViewAsync(networks, rows, call.Registry, made), cancel);
        return new(made[0].ReservationId, call.Caller.Account.ToString(), [], [.. views.OrderBy(view => view.Instance.LaunchIndex).Select(InstanceDetail.Of)]);
    }

    private static (int Least, int Most) CountsOf(Request request)
    {
        var (least, most) = (request.MinCount!.Value, request.MaxCount!.Value);
        return least < 1 ? throw Wrong(least, "minCount")
            : most < least || most > MostAtOnce ? throw Wrong(most, "maxCount")
            : most > 1 && InstanceInput.Of(request).PrivateAddress is not null
                ? throw NetworkRefused.Combination("The parameter privateIpAddress can only be used when starting one instance.").AsException()
            : (least, most);
    }

    private static FaultException Wrong(int count, string member) =>
        NetworkRefused.Value(count.ToString(CultureInfo.InvariantCulture), member).AsException();

    private async Task<Entity?> FindProfileAsync(Call call, ProfileSpecification? asked, CancellationToken cancel) => asked switch
    {
        null or { Arn: null, Name: null } => null,
        { Arn: not null, Name: not null } =>
            throw NetworkRefused.Combination("The parameter iamInstanceProfile.name may not be used in combination with iamInstanceProfile.arn").AsException(),
        { Name: { } name } => await entities.FindAsync(new(call.Scope, EntityKind.InstanceProfile, name), cancel)
            ?? throw NetworkRefused.Value(name, "iamInstanceProfile.name", "Invalid IAM Instance Profile name").AsException(),
        { Arn: var arn } => await entities.FindByArnAsync(arn!, cancel) is { } found && found.Kind == EntityKind.InstanceProfile && found.Account == call.Caller.Account
            ? found
            : throw NetworkRefused.Value(arn!, "iamInstanceProfile.arn", "Invalid IAM Instance Profile ARN").AsException(),
    };
}
