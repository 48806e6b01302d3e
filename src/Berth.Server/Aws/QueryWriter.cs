using System.Collections;
using System.Globalization;
using System.Xml;

namespace Berth.Server.Aws;

/// <summary>Writes a record's members as elements, in the order they are declared; maps are lists of <c>entry</c>.</summary>
/// <param name="nameOf">What the element of a member is called.</param>
/// <param name="element">What the elements of a list are called.</param>
/// <param name="moment">How a moment in UTC is written.</param>
internal sealed class QueryWriter(Func<RecordMember, string> nameOf, string element, string moment)
{
    /// <summary>As the Query services do: members named as in the records, lists of <c>member</c>, moments to the second.</summary>
    public static QueryWriter Query { get; } = new(member => member.ExplicitName ?? member.Name, "member", "yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <summary>As EC2 does: names with a small first letter, lists of <c>item</c>, moments to the millisecond.</summary>
    public static QueryWriter Ec2 { get; } = new(member => member.Path, "item", "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    /// <summary>Writes the members that are set into the open element.</summary>
    public void WriteMembers(XmlWriter xml, object record)
    {
        foreach (var member in RecordShape.Of(record.GetType()).Members)
        {
            if (member.Get(record) is { } value)
            {
                xml.WriteStartElement(nameOf(member));
                WriteValue(xml, value);
                xml.WriteEndElement();
            }
        }
    }

    private void WriteValue(XmlWriter xml, object value)
    {
        switch (value)
        {
            case string text:
                xml.WriteString(text);
                break;
            case bool flag:
                xml.WriteString(flag ? "true" : "false");
                break;
            case DateTimeOffset time:
                xml.WriteString(time.UtcDateTime.ToString(moment, CultureInfo.InvariantCulture));
                break;
            case IDictionary map:
                WriteEntries(xml, map);
                break;
            case IEnumerable elements:
                foreach (var one in elements)
                {
                    xml.WriteStartElement(element);
                    WriteValue(xml, one);
                    xml.WriteEndElement();
                }

                break;
            case IFormattable number:
                xml.WriteString(number.ToString(format: null, CultureInfo.InvariantCulture));
                break;
            default:
                WriteMembers(xml, value);
                break;
        }
    }

    private void WriteEntries(XmlWriter xml, IDictionary map)
    {
        foreach (DictionaryEntry entry in map)
        {
            xml.WriteStartElement("entry");
            xml.WriteElementString("key", (string)entry.Key);
            xml.WriteStartElement("value");
            WriteValue(xml, entry.Value!);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
    }
}
