using System.Buffers;
using System.Text;
using System.Xml;

namespace Berth.Server.Aws;

/// <summary>AWS Query: the operation in the parameter <c>Action</c>, answers in XML, members named as the records' properties.</summary>
/// <param name="version">The API version requests carry.</param>
/// <param name="xmlNamespace">The namespace of answers.</param>
internal sealed class Query(string version, string xmlNamespace) : Protocol
{
    // A message may quote any character the caller sent; one that XML forbids is written as a reference.
    private static readonly XmlWriterSettings Settings = new() { OmitXmlDeclaration = true, CheckCharacters = false };

    /// <inheritdoc/>
    public override string Version => version;

    /// <inheritdoc/>
    public override string ContentType => "text/xml";

    /// <inheritdoc/>
    public override ErrorStyle ErrorStyle => ErrorStyle.Query;

    /// <inheritdoc/>
    public override object Read(Type request, AwsRequest from) => new QueryReader(from.Form).Read(request);

    /// <inheritdoc/>
    public override void Write(IBufferWriter<byte> to, Operation operation, object response, string requestId) =>
        WriteXml(to, $"{operation.Name}Response", xml =>
        {
            xml.WriteStartElement($"{operation.Name}Result");
            QueryWriter.Query.WriteMembers(xml, response);
            xml.WriteEndElement();
            xml.WriteStartElement("ResponseMetadata");
            xml.WriteElementString("RequestId", requestId);
            xml.WriteEndElement();
        });

    /// <inheritdoc/>
    public override void WriteError(IBufferWriter<byte> to, AwsError error, string requestId) =>
        WriteXml(to, "ErrorResponse", xml =>
        {
            xml.WriteStartElement("Error");
            xml.WriteElementString("Type", error.Status < 500 ? "Sender" : "Receiver");
            xml.WriteElementString("Code", error.Code);
            xml.WriteElementString("Message", error.Message);
            xml.WriteEndElement();
            xml.WriteElementString("RequestId", requestId);
        });

    private void WriteXml(IBufferWriter<byte> to, string root, Action<XmlWriter> write) => WriteXml(to, root, xmlNamespace, write);

    /// <summary>Writes a document of one element in a namespace.</summary>
    internal static void WriteXml(IBufferWriter<byte> to, string root, string ns, Action<XmlWriter> write)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, Settings))
        {
            xml.WriteStartElement(root, ns);
            write(xml);
            xml.WriteEndElement();
        }

        Encoding.UTF8.GetBytes(text.ToString(), to);
    }
}
