using System.Text;
using System.Text.Json.Nodes;
using Berth.Vocabulary;

namespace Berth.Templates;

/// <summary>
/// A template's text, as JSON or YAML, read into nodes. Short forms such as <c>!Ref</c> have become the functions that they stand for.
/// </summary>
public static class TemplateText
{
    /// <summary>The longest template, in bytes (CloudFormation quotas: template URL).</summary>
    public const int MostBytes = 1_000_000;

    /// <summary>How deep values may lie in each other.</summary>
    internal const int MostDepth = 60;

    /// <summary>How many values a template may have, those that aliases repeat counted each time.</summary>
    internal const int MostNodes = 200_000;

    /// <summary>Reads a template. Fault: <see cref="TemplateInvalid"/>.</summary>
    public static JsonObject Read(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > MostBytes)
        {
            throw Format($"the template is longer than {MostBytes} bytes.");
        }

        var root = text.AsSpan().TrimStart() is ['{', ..] ? JsonTemplate.Read(text) : YamlTemplate.Read(text);
        return root as JsonObject ?? throw Format("unsupported structure.");
    }

    /// <summary>The fault of a text that is no template.</summary>
    internal static FaultException Format(string reason) => new TemplateInvalid($"Template format error: {reason}").AsException();
}
