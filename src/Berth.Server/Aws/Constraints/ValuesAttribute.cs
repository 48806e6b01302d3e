namespace Berth.Server.Aws.Constraints;

/// <summary>The text must be one of some words; case counts.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ValuesAttribute(params string[] values) : ConstraintAttribute(RuleKind.Choice)
{
    /// <summary>The words, in the order AWS prints them.</summary>
    public string[] Values => values;

    /// <inheritdoc/>
    public override IEnumerable<string> Phrases => [$"Member must satisfy enum value set: [{string.Join(", ", values)}]"];

    /// <inheritdoc/>
    public override string? Check(object value) =>
        values.Contains((string)value, StringComparer.Ordinal) ? null : Phrases.Single();
}
