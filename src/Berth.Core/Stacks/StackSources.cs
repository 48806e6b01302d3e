using Berth.Templates;
using Berth.Vocabulary;

namespace Berth.Stacks;

/// <summary>Makes of a request what a stack is made from.</summary>
internal sealed class StackSources(StackParts parts)
{
    /// <summary>Reads the template and resolves the parameters. Faults: <see cref="TemplateInvalid"/>, <see cref="StackRequestInvalid"/>, <see cref="CapabilityMissing"/>.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="stack">Which stack.</param>
    /// <param name="previous">What it was made from; null for a new one.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<PreparedTemplate> PrepareAsync(StackRequest request, StackIdentity stack, StackSource? previous, CancellationToken cancel)
    {
        var text = await TextAsync(request, previous, cancel);
        var template = Template.Parse(text);
        var source = new StackSource(text)
        {
            Description = template.Description,
            Parameters = ParameterValues.Resolve(template, GivenIn(request, template, previous), request.Home.Region.ToString()),
            Tags = request.Tags ?? previous?.Tags ?? [],
            Capabilities = request.Capabilities,
            RoleArn = request.RoleArn ?? previous?.RoleArn,
        };
        CheckAllowed(template, request.ResourceTypes);
        await parts.Callers.CheckRoleAsync(source.RoleArn, request.Home, stack.Id, cancel);
        var exports = await parts.Database.ReadAsync(rows => StackExports.ReadAsync(rows, request.Home), cancel);

        // What is not exported is found out by the work, as on AWS; until then it is not known.
        return PreparedTemplate.Prepare(source, stack, parts.Types, name => exports.GetValueOrDefault(name)?.Value ?? ResourceLookup.Unknown);
    }

    /// <summary>The text of the template that a request names. Fault: <see cref="StackRequestInvalid"/>.</summary>
    public async Task<string> TextAsync(StackRequest request, StackSource? previous, CancellationToken cancel) => (request.Body, request.Url, request.UsesPrevious) switch
    {
        ({ } body, null, false) => body,
        (null, { } url, false) => await parts.Templates.ReadAsync(request.Caller, url, cancel),
        (null, null, true) when previous is not null => previous.Template,
        _ => throw new StackRequestInvalid("Either Template URL or Template Body must be specified.").AsException(),
    };

    private static Dictionary<string, string> GivenIn(StackRequest request, Template template, StackSource? previous)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in request.Parameters)
        {
            var old = previous?.Parameters.FirstOrDefault(parameter => string.Equals(parameter.Key, name, StringComparison.Ordinal))?.Value;
            if (value is null && old is null && template.FindParameter(name) is { } declared)
            {
                throw new StackRequestInvalid(
                    previous is null ? $"Invalid input for parameter key {declared.Name}. Cannot specify usePreviousValue as true for a parameter key not in the previous template"
                        : $"Parameters: [{declared.Name}] must have values").AsException();
            }

            if (!given.TryAdd(name, value ?? old ?? ""))
            {
                throw new StackRequestInvalid($"Duplicate parameter keys: [{name}]").AsException();
            }
        }

        return given;
    }

    private static void CheckAllowed(Template template, IReadOnlyList<string>? allowed)
    {
        if (allowed is { Count: > 0 } && template.Resources.FirstOrDefault(resource => !allowed.Any(one => Allows(one, resource.Type))) is { } other)
        {
            throw new StackRequestInvalid($"Resource type {other.Type} is not allowed by parameter ResourceTypes [{string.Join(", ", allowed)}]").AsException();
        }
    }

    private static bool Allows(string allowed, string type) => allowed.EndsWith("::*", StringComparison.Ordinal)
        ? type.StartsWith(allowed[..^1], StringComparison.Ordinal)
        : allowed is "*" || string.Equals(allowed, type, StringComparison.Ordinal);
}
