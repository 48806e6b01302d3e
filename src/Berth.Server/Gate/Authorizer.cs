using Berth.Identity;
using Berth.Policy;
using Berth.Vocabulary;

namespace Berth.Server.Gate;

/// <summary>Decides for both wires and the layer bucket. Existence comes later: who may not ask learns nothing of it.</summary>
internal sealed class Authorizer(ILogger<Authorizer> log)
{
    private const int AccountPart = 4;

    /// <summary>Returns when the caller may; otherwise the fault is <see cref="AccessDenied"/>.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="action">The IAM action, such as <c>ecr:PutImage</c>.</param>
    /// <param name="resource">The ARN, or <c>*</c> for a call on the caller's own registry as such.</param>
    /// <param name="cancel">Ends the wait for policies.</param>
    public ValueTask AuthorizeAsync(Caller caller, string action, string resource, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var account = caller.Account.ToString();
        var request = new AccessRequest(caller.Arn, account, action, resource, OwnerOf(resource) ?? account);
        var decision = Evaluator.Decide(request, ApplicablePolicies.None);
        if (decision.Verdict is Verdict.Allowed)
        {
            return ValueTask.CompletedTask;
        }

        log.LogInformation("Denied {Principal} {Action} on {Resource}: {Verdict}", caller.Arn, action, resource, decision.Verdict);
        throw new AccessDenied(caller.Arn, action, resource, decision.Because).AsException();
    }

    private static string? OwnerOf(string resource) =>
        resource.Split(':', AccountPart + 2) is { Length: > AccountPart } parts && parts[AccountPart].Length > 0
            ? parts[AccountPart]
            : null;
}
