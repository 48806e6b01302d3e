using Berth.Templates;
using Berth.Vocabulary;

namespace Berth.Stacks;

/// <summary>Reads and checks templates that no stack is made from.</summary>
public sealed class StackTemplates(StackParts parts)
{
    /// <summary>The text of a template that is given, or given by URL. Fault: <see cref="StackRequestInvalid"/>.</summary>
    public async Task<string> ReadAsync(RegistryId home, string? body, string? url, CancellationToken cancel) => (body, url) switch
    {
        ({ } text, null) => text,
        (null, { } place) => await parts.Templates.ReadAsync(home, place, cancel),
        _ => throw new StackRequestInvalid("Either Template URL or Template Body must be specified.").AsException(),
    };

    /// <summary>A template whose types and properties there are. Fault: <see cref="TemplateInvalid"/>.</summary>
    public Template Check(string text)
    {
        var template = Template.Parse(text);
        PreparedTemplate.CheckTypes(template, parts.Types);
        return template;
    }
}
