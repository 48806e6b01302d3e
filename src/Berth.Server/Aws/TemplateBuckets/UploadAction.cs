namespace Berth.Server.Aws.TemplateBuckets;

/// <summary>One call of S3 that the upload area answers.</summary>
/// <param name="Name">Its name in the trail.</param>
/// <param name="Action">The IAM action it needs.</param>
/// <param name="IsReadOnly">Whether it changes nothing.</param>
internal sealed record UploadAction(string Name, string Action, bool IsReadOnly)
{
    private static readonly string[] Understood =
        ["list-type", "prefix", "max-keys", "continuation-token", "start-after", "delimiter", "encoding-type", "fetch-owner", "location", "x-id"];

    /// <summary>The call that a request is; null for one that is not answered here.</summary>
    public static UploadAction? Of(HttpRequest http, UploadAddress address)
    {
        if (http.Headers.ContainsKey("x-amz-copy-source") || http.Query.Keys.Any(key => !Understood.Contains(key, StringComparer.Ordinal)))
        {
            return null;
        }

        return (http.Method, address) switch
        {
            ("GET", { Bucket: "" }) => new("ListBuckets", "s3:ListAllMyBuckets", IsReadOnly: true),
            ("GET", { Key: "" }) when http.Query.ContainsKey("location") => new("GetBucketLocation", "s3:GetBucketLocation", IsReadOnly: true),
            ("GET", { Key: "" }) => new("ListObjects", "s3:ListBucket", IsReadOnly: true),
            ("HEAD", { Bucket: not "", Key: "" }) => new("HeadBucket", "s3:ListBucket", IsReadOnly: true),
            ("PUT", { Bucket: not "", Key: "" }) => new("CreateBucket", "s3:CreateBucket", IsReadOnly: false),
            ("DELETE", { Bucket: not "", Key: "" }) => new("DeleteBucket", "s3:DeleteBucket", IsReadOnly: false),
            ("GET", _) => new("GetObject", "s3:GetObject", IsReadOnly: true),
            ("HEAD", { Key: not "" }) => new("HeadObject", "s3:GetObject", IsReadOnly: true),
            ("PUT", { Key: not "" }) => new("PutObject", "s3:PutObject", IsReadOnly: false),
            ("DELETE", { Key: not "" }) => new("DeleteObject", "s3:DeleteObject", IsReadOnly: false),
            _ => null,
        };
    }
}
