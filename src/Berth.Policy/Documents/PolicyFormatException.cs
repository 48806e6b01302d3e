namespace Berth.Policy.Documents;

/// <summary>A policy that is not one.</summary>
/// <param name="message">What is wrong: AWS's text for MalformedPolicyDocument where it has one.</param>
/// <param name="path">Where, such as <c>$.Statement[2].Action</c>.</param>
public sealed class PolicyFormatException(string message, string path) : FormatException(message)
{
    /// <summary>Where in the document, as a JSON path.</summary>
    public string Path { get; } = path;
}
