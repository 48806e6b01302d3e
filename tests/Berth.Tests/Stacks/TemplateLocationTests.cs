using Berth.Stacks;
using Berth.Vocabulary;

namespace Berth.Tests.Stacks;

public sealed class TemplateLocationTests
{
    [Theory]
    [InlineData("https://bucket.s3.us-east-1.amazonaws.com/a/b.yaml", "bucket", "a/b.yaml")]
    [InlineData("https://my.bucket.s3-us-east-1.example.test/a%20b.yaml", "my.bucket", "a b.yaml")]
    [InlineData("https://bucket.s3.amazonaws.com/a?versionId=1", "bucket", "a")]
    [InlineData("https://s3.us-east-1.amazonaws.com/bucket/a/b.yaml", "bucket", "a/b.yaml")]
    [InlineData("http://localhost:5050/bucket/a.yaml", "bucket", "a.yaml")]
    [InlineData("http://127.0.0.1:5050/bucket/a.yaml", "bucket", "a.yaml")]
    public void A_url_names_a_bucket_and_a_key(string url, string bucket, string key) =>
        Assert.Equal(new(bucket, key), TemplateLocation.Parse(url));

    [Theory]
    [InlineData("s3://bucket/key")]
    [InlineData("not a url")]
    [InlineData("https://bucket.s3.us-east-1.amazonaws.com/")]
    [InlineData("https://s3.us-east-1.amazonaws.com/bucket")]
    public void What_names_none_is_refused(string url) =>
        Assert.Equal("TemplateURL must be a supported URL.", Assert.Throws<FaultException>(() => TemplateLocation.Parse(url)).Message);
}
