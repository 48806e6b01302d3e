using Berth.Vocabulary;

namespace Berth.Templates;

/// <summary>What must be there before what.</summary>
public static class CreationOrder
{
    /// <summary>For every resource the ones that it needs, by references and by DependsOn. Fault: <see cref="TemplateInvalid"/> for a circle.</summary>
    /// <param name="template">The template.</param>
    /// <param name="holds">What conditions are, where that is known.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(Template template, Func<string, bool>? holds)
    {
        var names = template.Resources.Select(resource => resource.LogicalId).ToHashSet(StringComparer.Ordinal);
        var needs = template.Resources.ToDictionary(
            resource => resource.LogicalId,
            resource => (IReadOnlyList<string>)[.. References.In(resource.Properties, holds).Select(reference => reference.Target)
                .Concat(resource.DependsOn)
                .Where(names.Contains)
                .Distinct(StringComparer.Ordinal)],
            StringComparer.Ordinal);
        RefuseCircle(template, needs);
        return needs;
    }

    private static void RefuseCircle(Template template, Dictionary<string, IReadOnlyList<string>> needs)
    {
        var left = template.Resources.Select(resource => resource.LogicalId).ToList();
        int before;
        do
        {
            before = left.Count;
            var waiting = left.ToHashSet(StringComparer.Ordinal);
            left.RemoveAll(name => !needs[name].Any(waiting.Contains));
        }
        while (left.Count < before);

        if (left.Count > 0)
        {
            throw new TemplateInvalid($"Circular dependency between resources: [{string.Join(", ", left)}]").AsException();
        }
    }
}
