using Berth.Policy.Patterns;

namespace Berth.Policy.Conditions;

/// <summary>Tests of strings, and of what AWS compares as strings.</summary>
internal static class Texts
{
    public static ValueTest Same(string expected, bool variables) => Matching(expected, new(Wildcards: false, variables));

    public static ValueTest SameIgnoringCase(string expected, bool variables) =>
        Matching(expected, new(Wildcards: false, variables, IgnoreCase: true));

    public static ValueTest Like(string expected, bool variables) => Matching(expected, new(Wildcards: true, variables));

    public static ValueTest LikeArn(string expected, bool variables) =>
        ArnPattern.FindCondition(expected, variables) is { } pattern ? pattern.Matches : Nothing;

    public static ValueTest SameBoolean(string expected, bool variables) =>
        bool.TryParse(expected, out var wanted) ? (actual, _) => bool.TryParse(actual, out var value) && value == wanted : Nothing;

    /// <summary>Both sides are base64 of the bytes that are compared.</summary>
    public static ValueTest SameBytes(string expected, bool variables) =>
        Decode(expected) is { } wanted ? (actual, _) => Decode(actual) is { } value && value.AsSpan().SequenceEqual(wanted) : Nothing;

    /// <summary>The test that nothing passes, of a value that is none of its type.</summary>
    public static bool Nothing(string actual, RequestContext context) => false;

    private static ValueTest Matching(string expected, Syntax syntax)
    {
        var template = Template.Parse(expected, syntax);
        return (actual, context) => template.Matches(actual, context);
    }

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
