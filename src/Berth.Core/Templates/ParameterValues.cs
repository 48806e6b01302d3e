using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Berth.Vocabulary;

namespace Berth.Templates;

/// <summary>A parameter's value.</summary>
/// <param name="Key">The parameter's name.</param>
/// <param name="Value">As it was given, or the default.</param>
public sealed record ParameterValue(string Key, string Value)
{
    /// <summary>What the value stands for where it is the name of a public parameter; null where it is what it is.</summary>
    public string? Resolved { get; init; }

    /// <summary>Whether it is a list, whose parts have commas between them.</summary>
    public bool IsList { get; init; }

    /// <summary>Whether it is shown as asterisks.</summary>
    public bool IsSecret { get; init; }

    /// <summary>What <c>Ref</c> gives.</summary>
    public string Effective => Resolved ?? Value;

    /// <summary>What <c>Ref</c> gives of a list.</summary>
    public IReadOnlyList<string> Parts => Effective.Length == 0 ? [] : [.. Effective.Split(',').Select(part => part.Trim())];
}

/// <summary>Finds what the parameters of a template are, and refuses what does not fit.</summary>
public static class ParameterValues
{
    private const int LongestValue = 4096;

    private static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(200);

    /// <summary>Every parameter with the value that was given, or its default. Fault: <see cref="TemplateInvalid"/>.</summary>
    /// <param name="template">The template.</param>
    /// <param name="given">Values by name.</param>
    /// <param name="region">Where public parameters are looked up.</param>
    public static IReadOnlyList<ParameterValue> Resolve(Template template, IReadOnlyDictionary<string, string> given, string region)
    {
        if (given.Keys.Where(name => template.FindParameter(name) is null).ToArray() is { Length: > 0 } unknown)
        {
            throw Wrong($"Parameters: [{string.Join(", ", unknown)}] do not exist in the template");
        }

        var missing = template.Parameters.Where(parameter => parameter.Default is null && !given.ContainsKey(parameter.Name));
        if (missing.Select(parameter => parameter.Name).ToArray() is { Length: > 0 } names)
        {
            throw Wrong($"Parameters: [{string.Join(", ", names)}] must have values");
        }

        return [.. template.Parameters.Select(parameter => Resolve(parameter, given.GetValueOrDefault(parameter.Name) ?? parameter.Default!, region))];
    }

    private static ParameterValue Resolve(TemplateParameter parameter, string value, string region)
    {
        if (Encoding.UTF8.GetByteCount(value) > LongestValue)
        {
            throw Wrong($"Parameter '{parameter.Name}' must be no longer than {LongestValue} bytes.");
        }

        var found = new ParameterValue(parameter.Name, value) { IsList = parameter.Type.IsList, IsSecret = parameter.IsSecret };
        foreach (var one in found.IsList && !parameter.Type.IsFromStore ? found.Parts : [value])
        {
            Check(parameter, one);
        }

        return !parameter.Type.IsFromStore ? found : found with
        {
            Resolved = PublicParameters.Find(value, region)
                ?? throw Wrong($"Unable to fetch parameters [{value}] from parameter store for this account."),
        };
    }

    private static void Check(TemplateParameter parameter, string value)
    {
        var flaw = FindFlaw(parameter, value);
        if (flaw is not null)
        {
            throw Wrong(parameter.ConstraintDescription is { } said
                ? $"Parameter {parameter.Name} failed to satisfy constraint: {said}"
                : $"Parameter '{parameter.Name}' {flaw}");
        }
    }

    private static string? FindFlaw(TemplateParameter parameter, string value)
    {
        if (parameter.Type.IsNumber)
        {
            if (!decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                return "must be a number.";
            }

            if (number < parameter.MinValue)
            {
                return string.Create(CultureInfo.InvariantCulture, $"must be a number not less than {parameter.MinValue}");
            }

            if (number > parameter.MaxValue)
            {
                return string.Create(CultureInfo.InvariantCulture, $"must be a number not greater than {parameter.MaxValue}");
            }
        }

        return parameter.AllowedValues is { } allowed && !allowed.Contains(value, StringComparer.Ordinal) ? "must be one of AllowedValues"
            : value.Length < parameter.MinLength ? $"must contain at least {parameter.MinLength} characters"
            : value.Length > parameter.MaxLength ? $"must contain at most {parameter.MaxLength} characters"
            : parameter.AllowedPattern is { } pattern && !Matches(value, pattern) ? $"must match pattern {pattern}"
            : null;
    }

    // Patterns are Java's, which ours mostly are; what takes too long has not matched.
    private static bool Matches(string value, string pattern)
    {
        try
        {
            return Regex.IsMatch(value, $"^(?:{pattern})\\z", RegexOptions.CultureInvariant, LongestMatch);
        }
        catch (ArgumentException)
        {
            throw Wrong($"the pattern '{pattern}' cannot be read");
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static Exception Wrong(string reason) => new TemplateInvalid(reason).AsException();
}
