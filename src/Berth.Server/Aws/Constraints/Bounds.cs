using System.Collections;

namespace Berth.Server.Aws.Constraints;

/// <summary>Bounds a text's characters or a blob's bytes.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LengthAttribute(int min, int max = int.MaxValue) : ConstraintAttribute(RuleKind.Length)
{
    private readonly SizeBounds bounds = new("length", min, max);

    /// <summary>The shortest that is allowed.</summary>
    public int Min => min;

    /// <summary>The longest that is allowed.</summary>
    public int Max => max;

    /// <inheritdoc/>
    public override IEnumerable<string> Phrases => bounds.Phrases;

    /// <inheritdoc/>
    public override string? Check(object value) => bounds.Check(value is string text ? text.Length : ((byte[])value).Length);
}

/// <summary>Bounds how many elements a list has.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CountAttribute(int min, int max = int.MaxValue) : ConstraintAttribute(RuleKind.Length)
{
    private readonly SizeBounds bounds = new("length", min, max);

    /// <summary>The fewest that are allowed.</summary>
    public int Min => min;

    /// <summary>The most that are allowed.</summary>
    public int Max => max;

    /// <inheritdoc/>
    public override IEnumerable<string> Phrases => bounds.Phrases;

    /// <inheritdoc/>
    public override string? Check(object value) => bounds.Check(((ICollection)value).Count);
}

/// <summary>Bounds a number.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RangeAttribute(long min, long max = long.MaxValue) : ConstraintAttribute(RuleKind.Range)
{
    private readonly SizeBounds bounds = new("value", min, max);

    /// <summary>The smallest that is allowed.</summary>
    public long Min => min;

    /// <summary>The largest that is allowed.</summary>
    public long Max => max;

    /// <inheritdoc/>
    public override IEnumerable<string> Phrases => bounds.Phrases;

    /// <inheritdoc/>
    public override string? Check(object value) => bounds.Check(Convert.ToInt64(value, provider: null));
}

/// <summary>Two bounds and their phrases.</summary>
internal sealed class SizeBounds(string what, long min, long max)
{
    private readonly string atMost = $"Member must have {what} less than or equal to {max}";
    private readonly string atLeast = $"Member must have {what} greater than or equal to {min}";

    /// <summary>Upper bound first, as AWS lists them; a bound that no value can break goes without saying.</summary>
    public IEnumerable<string> Phrases
    {
        get
        {
            if (max is not (int.MaxValue or long.MaxValue))
            {
                yield return atMost;
            }

            yield return atLeast;
        }
    }

    /// <summary>The phrase of the bound that a size breaks, or null.</summary>
    public string? Check(long size) => size > max ? atMost : size < min ? atLeast : null;
}
