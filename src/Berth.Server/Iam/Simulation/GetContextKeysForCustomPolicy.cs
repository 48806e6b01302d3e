using Berth.Identity.Entities;
using Berth.Policy.Simulation;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Simulation;

/// <summary>Names the condition keys that documents ask for.</summary>
internal sealed class GetContextKeysForCustomPolicy : Operation<GetContextKeysForCustomPolicy.Request, GetContextKeysForCustomPolicy.Response>
{
    public sealed record Request
    {
        [Length(1, 131_072), Pattern(Patterns.Document)]
        public required IReadOnlyList<string> PolicyInputList { get; init; }
    }

    public sealed record Response(IReadOnlyList<string> ContextKeyNames);

    public override AccessLevel Level => AccessLevel.Read;

    protected override Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        Task.FromResult(new Response(KeysIn(request.PolicyInputList)));

    /// <summary>The keys of several documents, each once. A document that is none is the fault <see cref="Vocabulary.PolicyMalformed"/>.</summary>
    public static IReadOnlyList<string> KeysIn(IEnumerable<string> documents)
    {
        var keys = new List<string>();
        foreach (var document in documents)
        {
            PolicyTexts.CheckIdentity(document);
            keys.AddRange(DocumentOutline.Of(document).ContextKeys);
        }

        return [.. keys.Distinct(StringComparer.OrdinalIgnoreCase)];
    }
}
