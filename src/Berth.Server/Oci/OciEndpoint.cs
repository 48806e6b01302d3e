using System.Text.Json;
using Berth.Server.Gate;
using Berth.Server.Gate.Recording;

namespace Berth.Server.Oci;

/// <summary>One row of the OCI wire: what it is called as, and what it does.</summary>
internal abstract class OciEndpoint
{
    /// <summary>Which requests are for it, and as which ECR operation they are authorized.</summary>
    public abstract OciRoute Route { get; }

    /// <summary>The ECR operation that a call is recorded as; null for none.</summary>
    public CallName? RecordedAs => field ??= EventName is { } name
        ? new(CallName.SourceOf("ecr"), name, Route.Level is AccessLevel.Read or AccessLevel.List) { OciRequest = $"{Route.Method} {Route.Tail}" }
        : null;

    /// <summary>The operation's name in the trail, where it is not that of the permission.</summary>
    protected virtual string? EventName => Route.As;

    /// <summary>Writes the members that the operation's request would have, but for registry and repository.</summary>
    public virtual void Describe(OciCall call, Utf8JsonWriter json)
    {
    }

    /// <summary>The ARN that the caller must be allowed the operation on.</summary>
    public virtual string ResourceOf(OciCall call) => call.Repository.Arn;

    /// <summary>Answers an authorized call. What cannot be done is a fault; nobody but <see cref="OciAnswer"/> writes errors.</summary>
    public abstract Task HandleAsync(OciCall call, CancellationToken cancel);
}
