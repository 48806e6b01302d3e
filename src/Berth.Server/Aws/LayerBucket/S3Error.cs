using System.Text;
using System.Xml;
using Berth.Vocabulary;

namespace Berth.Server.Aws.LayerBucket;

/// <summary>An error as S3 spells it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The name clients switch on.</param>
/// <param name="Message">The sentence for people.</param>
/// <param name="Details">What else S3 says, element by element.</param>
internal sealed record S3Error(int Status, string Code, string Message, params IReadOnlyList<(string Name, string Value)> Details)
{
    // What a caller sent is repeated to it whatever it is, so characters that XML does not have are escaped, not refused.
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        CheckCharacters = false,
    };

    /// <summary>Nobody may read the bucket without a signed URL.</summary>
    public static S3Error Unsigned { get; } = new(403, "AccessDenied", "Access Denied");

    /// <summary>A denial with its reason.</summary>
    public static S3Error Denied(string message) => new(403, "AccessDenied", message);

    /// <summary>The bucket is read only.</summary>
    public static S3Error MethodNotAllowed(string method) => new(
        405, "MethodNotAllowed", "The specified method is not allowed against this resource.", ("Method", method), ("ResourceType", "OBJECT"));

    /// <summary>There is no such layer, or no longer.</summary>
    public static S3Error NoSuchKey(string key) => new(404, "NoSuchKey", "The specified key does not exist.", ("Key", key));

    /// <summary>Something in the query is missing or malformed.</summary>
    public static S3Error BadQuery(string message) => new(400, "AuthorizationQueryParametersError", message);

    /// <summary>How a fault is spelled here; what is none of these is a bug, and its message stays in the log.</summary>
    public static S3Error Of(Fault? fault) => fault switch
    {
        LayerArchived => new(403, "InvalidObjectState", "The operation is not valid for the object's storage class"),
        RangeNotSatisfiable => new(416, "InvalidRange", "The requested range is not satisfiable"),
        StorageUnavailable => new(503, "ServiceUnavailable", "Please reduce your request rate."),
        _ => new(500, "InternalError", "We encountered an internal error. Please try again."),
    };

    /// <summary>The error as XML.</summary>
    public byte[] ToXml(string requestId)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Settings))
        {
            xml.WriteStartElement("Error");
            foreach (var (name, value) in (IEnumerable<(string, string)>)
                [("Code", Code), ("Message", Message), .. Details, ("RequestId", requestId), ("HostId", requestId)])
            {
                xml.WriteElementString(name, value);
            }
        }

        return bytes.ToArray();
    }
}
