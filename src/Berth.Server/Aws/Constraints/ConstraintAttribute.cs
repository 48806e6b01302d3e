namespace Berth.Server.Aws.Constraints;

/// <summary>What kind of rule a value breaks; also the order in which AWS names several of one member.</summary>
internal enum RuleKind
{
    /// <summary>The member is required and was not given.</summary>
    Presence,

    /// <summary>It must match a regular expression.</summary>
    Pattern,

    /// <summary>It is too long or too short.</summary>
    Length,

    /// <summary>It is too large or too small.</summary>
    Range,

    /// <summary>It must be one of some words.</summary>
    Choice,
}

/// <summary>A rule of AWS's model on a member. On a list it speaks of the elements; only <see cref="CountAttribute"/> speaks of the list.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class ConstraintAttribute(RuleKind kind) : Attribute
{
    /// <summary>What kind of rule this is.</summary>
    public RuleKind Kind => kind;

    /// <summary>The whole rule in AWS's words, one phrase for each of its bounds.</summary>
    public abstract IEnumerable<string> Phrases { get; }

    /// <summary>The phrase of the bound that a value breaks, or null.</summary>
    public abstract string? Check(object value);

    /// <summary>How ECR itself, unlike the framework, says this rule.</summary>
    public virtual string EcrPhrase(string phrase) => phrase;
}
