namespace Berth.Templates;

/// <summary>A parameter as a template declares it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">As the template has it.</param>
public sealed record TemplateParameter(string Name, ParameterType Type)
{
    /// <summary>What it is when nothing is given; null when something must be.</summary>
    public string? Default { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>Whether its value is shown as asterisks.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The values that it may have; null for any.</summary>
    public IReadOnlyList<string>? AllowedValues { get; init; }

    /// <summary>What a value must match as a whole; null for anything.</summary>
    public string? AllowedPattern { get; init; }

    /// <summary>What is said of a value that does not fit, instead of what was wrong.</summary>
    public string? ConstraintDescription { get; init; }

    /// <summary>How many characters a value has at least.</summary>
    public long? MinLength { get; init; }

    /// <summary>How many characters a value has at most.</summary>
    public long? MaxLength { get; init; }

    /// <summary>What a number is at least.</summary>
    public decimal? MinValue { get; init; }

    /// <summary>What a number is at most.</summary>
    public decimal? MaxValue { get; init; }
}

/// <summary>The type of a parameter (CloudFormation User Guide, "Parameters").</summary>
/// <param name="Name">As the template has it.</param>
public readonly record struct ParameterType(string Name)
{
    private const string StoreValue = "AWS::SSM::Parameter::Value<";

    private static readonly string[] Specific =
    [
        "AWS::EC2::AvailabilityZone::Name", "AWS::EC2::Image::Id", "AWS::EC2::Instance::Id", "AWS::EC2::KeyPair::KeyName",
        "AWS::EC2::SecurityGroup::GroupName", "AWS::EC2::SecurityGroup::Id", "AWS::EC2::Subnet::Id", "AWS::EC2::Volume::Id", "AWS::EC2::VPC::Id",
        "AWS::Route53::HostedZone::Id",
    ];

    /// <summary>Whether a value is the name of a public parameter of Systems Manager, which stands for another value.</summary>
    public bool IsFromStore => Name.StartsWith(StoreValue, StringComparison.Ordinal);

    /// <summary>Whether the value is a list of values with commas between them.</summary>
    public bool IsList => Inner is "CommaDelimitedList" || Inner.StartsWith("List<", StringComparison.Ordinal);

    /// <summary>Whether the value, or each of the list, is a number.</summary>
    public bool IsNumber => Inner is "Number" or "List<Number>";

    /// <summary>Whether there is such a type.</summary>
    public bool IsKnown => (Inner is "String" or "CommaDelimitedList")
        || (Inner is "Number" or "List<Number>" or "AWS::SSM::Parameter::Name" && !IsFromStore)
        || (Inner is "List<String>" && IsFromStore)
        || Specific.Contains(ElementOf(Inner), StringComparer.Ordinal);

    private string Inner => IsFromStore && Name.EndsWith('>') ? Name[StoreValue.Length..^1] : Name;

    private static string ElementOf(string name) =>
        name.StartsWith("List<", StringComparison.Ordinal) && name.EndsWith('>') ? name["List<".Length..^1] : name;
}
