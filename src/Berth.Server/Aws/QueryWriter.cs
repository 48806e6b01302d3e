using System.Collections;
using System.Globalization;
using System.Xml;

namespace Berth.Server.Aws;

/// <summary>Writes a record's members as a Query service does: elements in the order they are declared, lists of <c>member</c>, maps of <c>entry</c>.</summary>
internal static class QueryWriter
{
    /// <summary>Writes the members that are set into the open element.</summary>
    public static void WriteMembers(XmlWriter xml, object record)
    {
        foreach (var member in RecordShape.Of(record.GetType()).Members)
        {
            if (member.Get(record) is { } value)
            {
                xml.WriteStartElement(member.ExplicitName ?? member.Name);
                WriteValue(xml, value);
                xml.WriteEndElement();
            }
        }
    }

    private static void WriteValue(XmlWriter xml, object value)
    {
        switch (value)
        {
            case string text:
                xml.WriteString(text);
                break;
            case bool flag:
                xml.WriteString(flag ? "true" : "false");
                break;
            case DateTimeOffset moment:
                xml.WriteString(moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
                break;
            case IDictionary map:
                WriteEntries(xml, map);
                break;
            case IEnumerable elements:
                foreach (var element in elements)
                {
                    xml.WriteStartElement("member");
                    WriteValue(xml, element);
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

    private static void WriteEntries(XmlWriter xml, IDictionary map)
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
