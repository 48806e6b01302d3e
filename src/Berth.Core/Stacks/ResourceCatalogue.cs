namespace Berth.Stacks;

/// <summary>The types of resources that there are. They are made when the first template asks: some of them make stacks themselves.</summary>
public sealed class ResourceCatalogue(Func<IReadOnlyList<ResourceType>> make)
{
    private readonly Lazy<Dictionary<string, ResourceType>> types =
        new(() => make().ToDictionary(type => type.Name, StringComparer.Ordinal));

    /// <summary>The type of that name, or null.</summary>
    public ResourceType? Find(string name) => types.Value.GetValueOrDefault(name);

    internal ResourceType Get(string name) =>
        Find(name) ?? throw new Vocabulary.TemplateInvalid($"Template format error: Unrecognized resource types: [{name}]").AsException();
}
