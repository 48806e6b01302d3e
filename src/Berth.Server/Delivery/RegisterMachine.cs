using System.Net;
using System.Net.Sockets;
using Berth.Identity.Delivery;
using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Delivery;

/// <summary>
/// Registers a machine under an instance profile of the caller's account, and tells once the secret by which it proves itself. The caller
/// must be allowed to pass the profile's role to EC2.
/// </summary>
internal sealed class RegisterMachine(Machines machines, MachineRoles roles, IamEntities entities, Authorizer authorizer)
    : Operation<RegisterMachine.Request, RegisterMachine.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(@"[\w+=,.@-]+")]
        public required string InstanceProfileName { get; init; }

        [Pattern(Patterns.InstanceId)]
        public string? InstanceId { get; init; }

        [Length(7, 15)]
        public string? PrivateIpAddress { get; init; }

        [Pattern("[0-9a-f]{64}")]
        public string? CertificateSha256 { get; init; }
    }

    public sealed record Response(MachineDetail Machine, string Secret);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => Machine.ArnOf(call.Registry, request.InstanceId ?? "*");

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var profile = await entities.GetAsync(new(call.Scope, EntityKind.InstanceProfile, request.InstanceProfileName), cancel);
        if ((await roles.FindProfileAsync(profile.Id, cancel)).RoleArn is { } role)
        {
            var service = KeyValuePair.Create("iam:PassedToService", ContextValue.One(MachineRoles.Service));
            await authorizer.AuthorizeAsync(call.To("iam:PassRole", role, service), cancel);
        }

        var registered = await machines.RegisterAsync(
            new(call.Registry, profile.Name)
            {
                InstanceId = request.InstanceId,
                PrivateAddress = AddressOf(request.PrivateIpAddress),
                Certificate = request.CertificateSha256,
            },
            cancel);
        return new(MachineDetail.Of(registered.Machine), registered.Secret);
    }

    // Written as people write it, and as conditions compare it: what the parser would also take (octal, fewer parts) is none.
    private static string? AddressOf(string? text) =>
        text is null
        || (IPAddress.TryParse(text, out var address)
            && address.AddressFamily is AddressFamily.InterNetwork
            && string.Equals(address.ToString(), text, StringComparison.Ordinal))
            ? text
            : throw new ParameterInvalid("privateIpAddress", "must be an IPv4 address").AsException();
}
