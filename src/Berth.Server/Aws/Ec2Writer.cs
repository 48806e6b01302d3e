using System.Collections;
using System.Globalization;
using System.Xml;

namespace Berth.Server.Aws;

/// <summary>Writes a record's members as EC2 does: names with a small first letter, lists of <c>item</c>, moments with milliseconds.</summary>
internal static class Ec2Writer
{
    /// <summary>Writes the members that are set into the open element.</summary>
    public static void WriteMembers(XmlWriter xml, object record)
    {
        foreach (var member in RecordShape.Of(record.GetType()).Members)
        {
            if (member.Get(record) is { } value)
            {
                xml.WriteStartElement(member.Path);
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
                xml.WriteString(moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
                break;
            case IEnumerable elements:
                foreach (var element in elements)
                {
                    xml.WriteStartElement("item");
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
}
