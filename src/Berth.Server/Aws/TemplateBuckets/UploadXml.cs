using System.Globalization;
using System.Text;
using System.Xml;
using Berth.Stacks.Uploads;
using Berth.Vocabulary;

namespace Berth.Server.Aws.TemplateBuckets;

/// <summary>The answers of S3 that have a body.</summary>
internal static class UploadXml
{
    private const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        CheckCharacters = false,
    };

    /// <summary>All buckets of an account.</summary>
    public static byte[] Buckets(AccountId owner, IReadOnlyList<TemplateBucket> buckets) => Write("ListAllMyBucketsResult", xml =>
    {
        xml.WriteStartElement("Owner");
        xml.WriteElementString("ID", owner.ToString());
        xml.WriteEndElement();
        xml.WriteStartElement("Buckets");
        foreach (var bucket in buckets)
        {
            xml.WriteStartElement("Bucket");
            xml.WriteElementString("Name", bucket.Name);
            xml.WriteElementString("CreationDate", Moment(bucket.CreatedAt));
            xml.WriteElementString("BucketRegion", bucket.Home.Region.ToString());
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    });

    /// <summary>Where a bucket is; S3 leaves the name out for its oldest Region.</summary>
    public static byte[] Location(RegionName region) =>
        Write("LocationConstraint", xml => xml.WriteString(region.ToString() is "us-east-1" ? "" : region.ToString()));

    /// <summary>A page of what lies in a bucket.</summary>
    public static byte[] Objects(UploadListing asked, UploadPage page) => Write("ListBucketResult", xml =>
    {
        xml.WriteElementString("Name", asked.Bucket);
        xml.WriteElementString("Prefix", asked.Shown(asked.Prefix));
        xml.WriteElementString("KeyCount", (page.Items.Count + page.Folders.Count).ToString(CultureInfo.InvariantCulture));
        xml.WriteElementString("MaxKeys", asked.Limit.ToString(CultureInfo.InvariantCulture));
        xml.WriteElementString("IsTruncated", page.Next is null ? "false" : "true");
        if (asked.IsEncoded)
        {
            xml.WriteElementString("EncodingType", "url");
        }

        if (page.Next is { } next)
        {
            xml.WriteElementString("NextContinuationToken", next);
        }

        foreach (var item in page.Items)
        {
            xml.WriteStartElement("Contents");
            xml.WriteElementString("Key", asked.Shown(item.Key));
            xml.WriteElementString("LastModified", Moment(item.ChangedAt));
            xml.WriteElementString("ETag", $"\"{item.ETag}\"");
            xml.WriteElementString("Size", item.Size.ToString(CultureInfo.InvariantCulture));
            xml.WriteElementString("StorageClass", "STANDARD");
            xml.WriteEndElement();
        }

        foreach (var folder in page.Folders)
        {
            xml.WriteStartElement("CommonPrefixes");
            xml.WriteElementString("Prefix", asked.Shown(folder));
            xml.WriteEndElement();
        }
    });

    private static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static byte[] Write(string root, Action<XmlWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Settings))
        {
            xml.WriteStartElement(root, Namespace);
            write(xml);
            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }
}
