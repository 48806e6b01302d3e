using Berth.Policy;
using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Registry;

/// <summary>Changes a setting of the caller's registry, from the next request on.</summary>
internal sealed class PutAccountSetting(AccountSettings settings)
    : Operation<PutAccountSetting.Request, PutAccountSetting.Response>
{
    public sealed record Request
    {
        [Length(1, 64)]
        public required string Name { get; init; }

        public required string Value { get; init; }
    }

    public sealed record Response(string Name, string Value);

    public override AccessLevel Level => AccessLevel.Write;

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) =>
        [KeyValuePair.Create(GetAccountSetting.NameKey, ContextValue.One(request.Name))];

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await settings.PutAsync(call.Registry, request.Name, request.Value, cancel);
        return new(request.Name, request.Value);
    }
}
