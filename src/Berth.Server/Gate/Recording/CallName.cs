namespace Berth.Server.Gate.Recording;

/// <summary>What was called.</summary>
/// <param name="Source">The service, such as <c>ecr.amazonaws.com</c>.</param>
/// <param name="Event">The operation, such as <c>PutImage</c>.</param>
/// <param name="IsReadOnly">Whether it changes nothing.</param>
internal sealed record CallName(string Source, string Event, bool IsReadOnly)
{
    /// <summary>Whether what came back is recorded: not of calls that read.</summary>
    public bool KeepsAnswer { get; init; } = !IsReadOnly;

    /// <summary>The request of the OCI wire that it stands for; null for one of the AWS wire.</summary>
    public string? OciRequest { get; init; }

    /// <summary>The name of a service by the prefix of its IAM actions.</summary>
    public static string SourceOf(string service) => $"{service}.amazonaws.com";
}

/// <summary>What went wrong with a call.</summary>
/// <param name="Code">Such as <c>RepositoryNotFoundException</c>.</param>
/// <param name="Message">The sentence.</param>
internal sealed record RecordedError(string Code, string Message);
