using System.Buffers;

namespace Berth.Server.Aws;

/// <summary>
/// EC2's variant of AWS Query: lists without <c>member</c> in requests and of <c>item</c> in answers, whose members begin with a small
/// letter (smithy.io, "AWS EC2 query protocol"). The name of a member that does not follow from its property's is given once, as answers
/// have it; requests have it with a capital.
/// </summary>
internal sealed class Ec2Query : Protocol
{
    private const string Namespace = "http://ec2.amazonaws.com/doc/2016-11-15/";

    /// <inheritdoc/>
    public override string Version => "2016-11-15";

    /// <inheritdoc/>
    public override string ContentType => "text/xml";

    /// <inheritdoc/>
    public override ErrorStyle ErrorStyle => ErrorStyle.Ec2;

    /// <inheritdoc/>
    public override object Read(Type request, AwsRequest from) => new Ec2Reader(from.Form).Read(request);

    /// <inheritdoc/>
    public override void Write(IBufferWriter<byte> to, Operation operation, object response, string requestId) =>
        Query.WriteXml(to, $"{operation.Name}Response", Namespace, xml =>
        {
            xml.WriteElementString("requestId", requestId);
            if (RecordShape.Of(response.GetType()).Members.Count == 0)
            {
                // What has nothing to say says so.
                xml.WriteElementString("return", "true");
            }

            QueryWriter.Ec2.WriteMembers(xml, response);
        });

    /// <inheritdoc/>
    public override void WriteError(IBufferWriter<byte> to, AwsError error, string requestId) =>
        Query.WriteXml(to, "Response", ns: "", xml =>
        {
            xml.WriteStartElement("Errors");
            xml.WriteStartElement("Error");
            xml.WriteElementString("Code", error.Code);
            xml.WriteElementString("Message", error.Message);
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteElementString("RequestID", requestId);
        });
}
