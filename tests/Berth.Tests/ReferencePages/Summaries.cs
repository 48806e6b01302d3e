using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Berth.Tests.ReferencePages;

/// <summary>The summaries of an assembly's types, from the documentation file that the compiler writes beside it.</summary>
internal sealed partial class Summaries(Assembly assembly)
{
    private readonly Dictionary<string, XElement> members =
        XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    /// <summary>A type's summary as Markdown. What stands on a page must have one.</summary>
    public string Of(Type type) =>
        members.TryGetValue("T:" + type.FullName!.Replace('+', '.'), out var member) && member.Element("summary") is { } summary
            ? Space().Replace(string.Concat(summary.Nodes().Select(Print)), " ").Trim()
            : throw new InvalidOperationException($"{type} is on a page of the reference and has no summary");

    private static string Print(XNode node) => node switch
    {
        XText words => words.Value,
        XElement { Name.LocalName: "see" or "paramref" } named =>
            MarkdownPage.Code((named.Attribute("cref") ?? named.Attribute("name") ?? named.Attribute("langword"))!.Value.Split('.', ':')[^1]),
        XElement { Name.LocalName: "c" } code => MarkdownPage.Code(code.Value),
        XElement other => other.Value,
        _ => "",
    };

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Space();
}
