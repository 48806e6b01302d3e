namespace Berth.Server.Oci;

/// <summary>One row of the OCI wire: what it is called as, and what it does.</summary>
internal abstract class OciEndpoint
{
    /// <summary>Which requests are for it, and as which ECR operation they are authorized.</summary>
    public abstract OciRoute Route { get; }

    /// <summary>The ARN that the caller must be allowed the operation on.</summary>
    public virtual string ResourceOf(OciCall call) => call.Repository.Arn;

    /// <summary>Answers an authorized call. What cannot be done is a fault; nobody but <see cref="OciAnswer"/> writes errors.</summary>
    public abstract Task HandleAsync(OciCall call, CancellationToken cancel);
}
