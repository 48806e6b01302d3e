namespace Berth.Policy.Documents;

/// <summary>A policy that is not one.</summary>
/// <param name="message">What is wrong: AWS's text for MalformedPolicyDocument where it has one.</param>
/// <param name="path">Where, such as <c>$.Statement[2].Action</c>.</param>
public sealed class PolicyFormatException(string message, string path) : FormatException(message)
{
    // A path holds names of the document, which may be of any length.
    private const int LongestPrinted = 256;

    /// <summary>Where in the document, as a JSON path.</summary>
    public string Path { get; } = path;

    /// <summary>
    /// The message, and where AWS's own does not say what it is about, the place: <c>Syntax errors in policy. (at $.Statement[2].Effect)</c>.
    /// </summary>
    public string Located =>
        Message is Node.SyntaxError && Path.Length is > 1 and <= LongestPrinted ? $"{Message} (at {Path})" : Message;
}
