namespace Berth.Server.Aws;

/// <summary>An error as the AWS wire spells it.</summary>
/// <param name="Code">The name clients switch on.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Message">The sentence for the caller.</param>
internal sealed record AwsError(string Code, int Status, string Message)
{
    /// <summary>What the error carries besides, by its name on the wire.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Members { get; init; } = [];

    /// <summary>Whether it comes from AWS's access layer, which writes <c>Message</c> with a capital.</summary>
    public bool IsFromAccessLayer { get; init; }
}
