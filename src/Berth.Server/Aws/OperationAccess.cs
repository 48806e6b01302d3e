using Berth.Server.Gate;

namespace Berth.Server.Aws;

/// <summary>What an operation asks of the gate.</summary>
internal static class OperationAccess
{
    /// <summary>Returns when the caller may do the action on every resource that the request names; otherwise the fault is <see cref="Vocabulary.AccessDenied"/>.</summary>
    public static async ValueTask AuthorizeAsync(
        this Authorizer authorizer, Call call, string action, Operation operation, object request, CancellationToken cancel)
    {
        var keys = operation.KeysOf(request);
        foreach (var resource in operation.ResourcesOf(call, request))
        {
            call.Record?.Concern(resource);
            await authorizer.AuthorizeAsync(call.To(action, resource, keys), cancel);
        }
    }
}
