using System.Text;
using Berth.Identity;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Registry;

/// <summary>Gives the caller what <c>docker login</c> takes: a token for every registry where the caller has access.</summary>
internal sealed class GetAuthorizationToken(AuthorizationTokens tokens, RegistryHosts hosts)
    : Operation<GetAuthorizationToken.Request, GetAuthorizationToken.Response>
{
    private const string UserName = "AWS";

    public sealed record Request
    {
        [Count(1, 10), Pattern(Patterns.RegistryId)]
        public IReadOnlyList<string>? RegistryIds { get; init; }
    }

    public sealed record Response(IReadOnlyList<AuthorizationData> AuthorizationData);

    /// <summary>A token, and the registry to give it to: user name and password as in HTTP Basic.</summary>
    public sealed record AuthorizationData(string AuthorizationToken, DateTimeOffset ExpiresAt, string ProxyEndpoint);

    public override AccessLevel Level => AccessLevel.Read;

    // The token holds the caller's identity and no registry: the ids only choose whose endpoints are answered.
    protected override Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var token = tokens.Issue(call.Caller, call.Time);
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{UserName}:{token.Password}"));
        var registries = request.RegistryIds?.Select(call.RegistryOf) ?? [call.Registry];
        return Task.FromResult(new Response(
            [.. registries.Select(registry => new AuthorizationData(basic, token.ExpiresAt, hosts.EndpointOf(registry)))]));
    }
}
