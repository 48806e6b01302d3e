namespace Berth.Server.CloudFormation.Types;

/// <summary>The property cannot be changed: with another value the resource is replaced.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CreateOnlyAttribute : Attribute;

/// <summary>The property is a document: a text, kept letter for letter, or a mapping, which is written as JSON.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DocumentAttribute : Attribute;

/// <summary>The type has the property, and this server cannot do what it asks: a template with it is refused.</summary>
/// <param name="because">The rest of a sentence that begins with the property.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RefusedAttribute(string because) : Attribute
{
    /// <summary>The rest of a sentence that begins with the property.</summary>
    public string Because => because;
}

/// <summary>The type has the property, and it means nothing to a registry: any value is accepted, and nothing follows from it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class InertAttribute : Attribute;
