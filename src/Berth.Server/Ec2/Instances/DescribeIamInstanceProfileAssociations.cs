using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ec2.Instances;

/// <summary>Lists which instance has which instance profile.</summary>
internal sealed class DescribeIamInstanceProfileAssociations(Pages pages) : Ec2Operation<DescribeIamInstanceProfileAssociations.Request, DescribeIamInstanceProfileAssociations.Response>
{
    public sealed record Request : Ec2ListRequest
    {
        [JsonPropertyName("AssociationId")]
        public IReadOnlyList<string>? AssociationIds { get; init; }
    }

    public sealed record Response([property: JsonPropertyName("iamInstanceProfileAssociationSet")] IReadOnlyList<Association> IamInstanceProfileAssociations, string? NextToken);

    /// <summary>That an instance has a profile.</summary>
    public sealed record Association(string AssociationId, string InstanceId, ProfileDetail IamInstanceProfile, string State);

    // What has no profile passes no filter on the association's state.
    private static readonly Listing<Instance, Instance> Listing = new(
        new(
            instance => instance,
            ("instance-id", instance => [instance.Id]),
            ("association-id", instance => [instance.ProfileAssociationId]),
            ("state", instance => [instance is { IsRunning: true, ProfileAssociationId: not null } ? "associated" : null])),
        (_, _, all) => Task.FromResult(all));

    private static IEnumerable<Filter> OfIds(Request request)
    {
        yield return new() { Name = "state", Values = ["associated"] };
        if (request.AssociationIds is { } ids)
        {
            yield return new() { Name = "association-id", Values = ids };
        }
    }

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var (rows, next) = await pages.ReadAsync(call, Name, request with { Filters = [.. request.Filters ?? [], .. OfIds(request)] }, ids: null, Listing, cancel);
        return new([.. rows.Select(one => new Association(one.ProfileAssociationId!, one.Id, new(one.ProfileArn!, one.ProfileId!), "associated"))], next);
    }
}
