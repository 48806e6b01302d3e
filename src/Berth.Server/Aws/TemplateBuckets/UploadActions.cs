using System.Globalization;
using Berth.Stacks.Uploads;
using Berth.Vocabulary;

namespace Berth.Server.Aws.TemplateBuckets;

/// <summary>A call to the upload area that is authenticated and authorized.</summary>
/// <param name="Http">The request and its answer.</param>
/// <param name="Name">Which call it is.</param>
/// <param name="Address">What it is about.</param>
/// <param name="Home">The caller's account, and the Region it was signed for.</param>
internal sealed record UploadCall(HttpContext Http, string Name, UploadAddress Address, RegistryId Home);

/// <summary>Does what calls to the upload area ask for. A bucket is its owner's alone.</summary>
internal sealed class UploadActions(Berth.Stacks.Uploads.TemplateBuckets buckets, TemplateObjects objects)
{
    private const string Xml = "application/xml";

    /// <summary>Does it, and answers. The bytes of an upload are read only by the call that has some.</summary>
    public async Task RunAsync(UploadCall call, Func<byte[]> body, CancellationToken cancel)
    {
        if (call.Name is not ("ListBuckets" or "CreateBucket") && (await buckets.GetAsync(call.Address.Bucket, cancel)).Home.Account != call.Home.Account)
        {
            throw new BucketOfAnother(call.Address.Bucket).AsException();
        }

        await (call.Name switch
        {
            "ListBuckets" => ListBucketsAsync(call, cancel),
            "CreateBucket" => CreateBucketAsync(call, cancel),
            "HeadBucket" => HeadBucketAsync(call, cancel),
            "GetBucketLocation" => GetLocationAsync(call, cancel),
            "DeleteBucket" => DeleteAsync(call, buckets.DeleteAsync(call.Address.Bucket, cancel)),
            "ListObjects" => ListObjectsAsync(call, cancel),
            "PutObject" => PutObjectAsync(call, body(), cancel),
            "DeleteObject" => DeleteAsync(call, objects.DeleteAsync(call.Address.Bucket, call.Address.Key, cancel)),
            _ => GetObjectAsync(call, cancel),
        });
    }

    private async Task ListBucketsAsync(UploadCall call, CancellationToken cancel) =>
        await WriteAsync(call, UploadXml.Buckets(call.Home.Account, await buckets.ListAsync(call.Home.Account, cancel)), Xml);

    private async Task CreateBucketAsync(UploadCall call, CancellationToken cancel)
    {
        await buckets.CreateAsync(call.Home, call.Address.Bucket, cancel);
        call.Http.Response.Headers.Location = $"/{call.Address.Bucket}";
        call.Http.Response.ContentLength = 0;
    }

    private async Task HeadBucketAsync(UploadCall call, CancellationToken cancel)
    {
        var bucket = await buckets.GetAsync(call.Address.Bucket, cancel);
        call.Http.Response.Headers["x-amz-bucket-region"] = bucket.Home.Region.ToString();
        call.Http.Response.ContentLength = 0;
    }

    private async Task GetLocationAsync(UploadCall call, CancellationToken cancel) =>
        await WriteAsync(call, UploadXml.Location((await buckets.GetAsync(call.Address.Bucket, cancel)).Home.Region), Xml);

    private async Task ListObjectsAsync(UploadCall call, CancellationToken cancel)
    {
        var asked = UploadListing.Of(call.Http.Request, call.Address.Bucket);
        var found = await objects.ListAsync(asked.Bucket, asked.Prefix, asked.After, TemplateObjects.MostObjects, cancel);
        await WriteAsync(call, UploadXml.Objects(asked, asked.Take(found)), Xml);
    }

    private async Task PutObjectAsync(UploadCall call, byte[] body, CancellationToken cancel)
    {
        var type = call.Http.Request.ContentType is { Length: > 0 and <= 256 } given ? given : MediaType.OctetStream;
        var kept = await objects.PutAsync(call.Address.Bucket, call.Address.Key, type, body, cancel);
        call.Http.Response.Headers.ETag = $"\"{kept.ETag}\"";
        call.Http.Response.ContentLength = 0;
    }

    private async Task GetObjectAsync(UploadCall call, CancellationToken cancel)
    {
        var (found, body) = await objects.GetAsync(call.Address.Bucket, call.Address.Key, cancel);
        call.Http.Response.Headers.ETag = $"\"{found.ETag}\"";
        call.Http.Response.Headers.LastModified = found.ChangedAt.ToString("R", CultureInfo.InvariantCulture);
        await WriteAsync(call, body, found.MediaType);
    }

    private static async Task DeleteAsync(UploadCall call, Task deletion)
    {
        await deletion;
        call.Http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task WriteAsync(UploadCall call, byte[] body, string type)
    {
        call.Http.Response.ContentType = type;
        call.Http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(call.Http.Request.Method))
        {
            await call.Http.Response.Body.WriteAsync(body, call.Http.RequestAborted);
        }
    }
}
