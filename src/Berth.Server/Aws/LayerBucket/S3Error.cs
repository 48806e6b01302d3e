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

    /// <summary>S3 has it, but it is not built here.</summary>
    public static S3Error NotImplemented { get; } = new(501, "NotImplemented", "A header you provided implies functionality that is not implemented.");

    /// <summary>What a conditional request asked for does not hold.</summary>
    public static S3Error PreconditionFailed(string condition) => new(
        412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold", ("Condition", condition));

    /// <summary>Something in the query is missing or malformed.</summary>
    public static S3Error BadQuery(string message) => new(400, "AuthorizationQueryParametersError", message);

    /// <summary>How a fault is spelled here; what is none of these is a bug, and its message stays in the log.</summary>
    public static S3Error Of(Fault? fault) => fault switch
    {
        LayerArchived => new(403, "InvalidObjectState", "The operation is not valid for the object's storage class"),
        RangeNotSatisfiable => new(416, "InvalidRange", "The requested range is not satisfiable"),
        BucketNotFound bucket => new(404, "NoSuchBucket", bucket.Message, ("BucketName", bucket.Bucket)),
        BucketNameInvalid bucket => new(400, "InvalidBucketName", bucket.Message, ("BucketName", bucket.Bucket)),
        BucketAlreadyExists { IsOwn: true } bucket => new(409, "BucketAlreadyOwnedByYou", bucket.Message, ("BucketName", bucket.Bucket)),
        BucketAlreadyExists bucket => new(409, "BucketAlreadyExists", bucket.Message, ("BucketName", bucket.Bucket)),
        BucketNotEmpty bucket => new(409, "BucketNotEmpty", bucket.Message, ("BucketName", bucket.Bucket)),
        BucketOfAnother => new(403, "AccessDenied", fault.Message),
        TooManyUploads => new(400, "TooManyBuckets", fault.Message),
        UploadedObjectNotFound missing => NoSuchKey(missing.Key),
        UploadedObjectTooLarge or RequestTooLarge => new(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed object size."),
        UploadDamaged => new(400, "BadDigest", fault.Message),
        ParameterInvalid or RequestUnreadable => new(400, "InvalidArgument", fault.Message),
        AccessDenied => new(403, "AccessDenied", fault.Message),
        RateExceeded => new(503, "SlowDown", "Please reduce your request rate."),
        NotAuthenticated { Reason: AuthenticationFailure.UnknownToken } =>
            new(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records."),
        NotAuthenticated { Reason: AuthenticationFailure.Expired } => new(400, "ExpiredToken", "The provided token has expired."),
        NotAuthenticated { Reason: AuthenticationFailure.Malformed } => new(400, "AuthorizationHeaderMalformed", fault.Message),
        NotAuthenticated { Reason: AuthenticationFailure.Missing } => new(403, "AccessDenied", "Access Denied"),
        NotAuthenticated => new(403, "SignatureDoesNotMatch", fault.Message),
        StorageFull => new(503, "ServiceUnavailable", "Please reduce your request rate."),
        StorageUnavailable => new(503, "ServiceUnavailable", "Please reduce your request rate."),
        _ => new(500, "InternalError", "We encountered an internal error. Please try again."),
    };

    /// <summary>Answers with it; one that is asked for by HEAD has no body.</summary>
    public async Task WriteAsync(HttpContext http, string requestId)
    {
        var body = ToXml(requestId);
        http.Response.StatusCode = Status;
        http.Response.ContentType = "application/xml";
        http.Response.ContentLength = body.Length;
        http.Response.Headers.ETag = default;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }
    }

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
