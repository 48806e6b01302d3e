using Berth.Policy;
using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Registry;

/// <summary>Tells what a setting of the caller's registry is, whether it was set or not.</summary>
internal sealed class GetAccountSetting(AccountSettings settings)
    : Operation<GetAccountSetting.Request, GetAccountSetting.Response>
{
    /// <summary>The condition key that holds the setting's name.</summary>
    public const string NameKey = "ecr:AccountSetting";

    public sealed record Request
    {
        [Length(1, 64)]
        public required string Name { get; init; }
    }

    public sealed record Response(string Name, string Value);

    public override AccessLevel Level => AccessLevel.Read;

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) =>
        [KeyValuePair.Create(NameKey, ContextValue.One(request.Name))];

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        new(request.Name, await settings.GetAsync(call.Registry, request.Name, cancel));
}
