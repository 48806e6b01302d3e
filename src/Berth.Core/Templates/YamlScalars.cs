using System.Globalization;
using System.Text.Json.Nodes;

namespace Berth.Templates;

/// <summary>
/// What a plain YAML scalar means. Dates stay text, as CloudFormation keeps them; so do numbers that would read otherwise when they are
/// written again, such as account ids with a zero before them.
/// </summary>
internal static class YamlScalars
{
    public static JsonNode? Read(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => JsonValue.Create(true),
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => JsonValue.Create(false),
        _ => ReadNumber(text) ?? JsonValue.Create(text),
    };

    private static JsonValue? ReadNumber(string text)
    {
        if (text.Length > 20 || !(char.IsAsciiDigit(text[0]) || text[0] is '-'))
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return IsWrittenSo(whole.ToString(CultureInfo.InvariantCulture)) ? JsonValue.Create(whole) : null;
        }

        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var real)
            && IsWrittenSo(real.ToString(CultureInfo.InvariantCulture))
            ? JsonValue.Create(real)
            : null;

        bool IsWrittenSo(string written) => string.Equals(written, text, StringComparison.Ordinal);
    }
}
