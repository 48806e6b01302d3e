using Berth.Identity;
using Berth.Policy;

namespace Berth.Server.Gate;

/// <summary>A caller at the gate, for a request that asks for several things one after the other.</summary>
internal sealed class Permit(Caller caller, Circumstances circumstances, Authorizer authorizer)
{
    /// <summary>Who asks.</summary>
    public Caller Caller => caller;

    /// <summary>Returns when the caller may; otherwise the fault is <see cref="Vocabulary.AccessDenied"/>.</summary>
    /// <param name="action">The IAM action, such as <c>ecr:PutImage</c>.</param>
    /// <param name="resource">The ARN.</param>
    /// <param name="cancel">Ends the wait for policies.</param>
    public ValueTask AuthorizeAsync(string action, string resource, CancellationToken cancel) =>
        authorizer.AuthorizeAsync(To(action, resource), cancel);

    /// <summary>Something the caller wants to do.</summary>
    public Access To(string action, string resource) => new(caller, circumstances, action, resource);

    /// <summary>Whether the caller may do what nothing depends on, so that it is no denial when it may not.</summary>
    /// <param name="action">The IAM action, such as <c>ecr:GetDownloadUrlForLayer</c>.</param>
    /// <param name="resource">The ARN.</param>
    /// <param name="cancel">Ends the wait for policies.</param>
    public async ValueTask<bool> MayAsync(string action, string resource, CancellationToken cancel) =>
        (await authorizer.DecideAsync(To(action, resource), cancel)).Verdict is Verdict.Allowed;
}
