using System.Security.Cryptography;
using System.Text;
using Berth.Server.Gate;
using Microsoft.AspNetCore.Http;

namespace Berth.Tests.Gate;

/// <summary>The vectors were computed with botocore, the AWS SDK for Python.</summary>
public sealed class SignatureV4Tests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Timestamp = "20260115T120000Z";
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Fact]
    public void A_JSON_request_is_signed_as_botocore_signs_it()
    {
        var request = EcrRequest();
        string[] signed = ["content-type", "host", "x-amz-date", "x-amz-target"];

        AssertSigned(
            request, signed, "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", "ecr",
            "d78098ceeb3d5f19e7de6136d74db32a4a5f6516a05f84157a7105f1b7b43be9",
            "63ba066484aea9b70f9cd64fa49e3f2cfc0888cdc7ceaf775aebbfd9daacf435");
    }

    [Fact]
    public void A_session_token_is_signed_as_botocore_signs_it()
    {
        var request = EcrRequest();
        request.Headers["X-Amz-Security-Token"] = "SESSIONTOKEN/with+chars==";
        string[] signed = ["content-type", "host", "x-amz-date", "x-amz-security-token", "x-amz-target"];

        AssertSigned(
            request, signed, "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", "ecr",
            "e4a0d2a6b8ebd66351c8fa1dd1d2418ff96ff742f28710ce86cd8ce5830e03dd",
            "c15dfbe4268c9ad621f3a3818207f306f3e5bc1ddfa231db49c68e695bf9adc4");
    }

    [Fact]
    public void A_Query_request_is_signed_as_botocore_signs_it()
    {
        var request = Request("POST", "/", "", new()
        {
            ["Host"] = "sts.us-east-1.amazonaws.com",
            ["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8",
            ["X-Amz-Date"] = Timestamp,
        });
        var bodyHash = Hash("Action=GetCallerIdentity&Version=2011-06-15");

        Assert.Equal("ab821ae955788b0e33ebd34c208442ccfc2d406e2edc5e7a39bd6458fbb4f843", bodyHash);
        AssertSigned(
            request, ["content-type", "host", "x-amz-date"], bodyHash, "sts",
            "5beabd2fd818da8224595b0847d587dc63ed84152bdcbf2e733cbe1a682618dd",
            "26bedae4c6750a6f3ccd2f19d91bf3d4022985970e982971015ace05732b4bb4");
    }

    [Fact]
    public void A_presigned_request_is_signed_as_botocore_signs_it()
    {
        const string Query = "Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260115%2Fus-east-1%2Fsts%2Faws4_request"
            + "&X-Amz-Date=20260115T120000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host"
            + "&X-Amz-Signature=2279988b6f21f5f4fa32bd761b7ee0b4b1f97a6280e71e5926c1b2cb2dc58930";
        var request = Request("GET", "/", Query, new() { ["Host"] = "sts.us-east-1.amazonaws.com" });

        AssertSigned(
            request, ["host"], EmptyHash, "sts",
            "a5488f7729921bcd119b01dd2a931242ddb5556d04a51f7c4f3255a42d30446c",
            "2279988b6f21f5f4fa32bd761b7ee0b4b1f97a6280e71e5926c1b2cb2dc58930");
    }

    [Theory]
    [InlineData("", "ecr", "/")]
    [InlineData("/", "ecr", "/")]
    [InlineData("//a///b", "ecr", "/a/b")]
    [InlineData("/a/./b/../c/", "ecr", "/a/c/")]
    [InlineData("/../..", "ecr", "/")]
    [InlineData("/a%2Fb", "ecr", "/a%252Fb")]
    [InlineData("/a~b@c", "ecr", "/a~b%40c")]
    [InlineData("", "s3", "/")]
    [InlineData("//a/../b", "s3", "//a/../b")]
    [InlineData("/a%20b%7E", "s3", "/a%20b~")]
    public void A_path_is_normalised_unless_it_is_S3s(string path, string service, string canonical)
    {
        var text = SignatureV4.CanonicalRequest(Request("GET", path, "", []), [], EmptyHash, service);

        Assert.Equal(canonical, text.Split('\n')[1]);
    }

    [Fact]
    public void A_query_is_sorted_by_encoded_name_and_then_value()
    {
        var request = Request("GET", "/", "b=2&a=x%2fy&b=1&flag&A=z+%7e", []);

        var text = SignatureV4.CanonicalRequest(request, [], EmptyHash, "ecr");

        Assert.Equal("A=z%20~&a=x%2Fy&b=1&b=2&flag=", text.Split('\n')[2]);
    }

    [Fact]
    public void Header_values_are_trimmed_collapsed_and_joined()
    {
        var request = Request("GET", "/", "", new() { ["My-Header"] = new([" a   b ", "c"]) });

        var text = SignatureV4.CanonicalRequest(request, ["my-header"], EmptyHash, "ecr");

        Assert.Contains("\nmy-header:a b,c\n", text, StringComparison.Ordinal);
    }

    private static WireRequest EcrRequest() => Request("POST", "/", "", new()
    {
        ["Host"] = "api.ecr.us-east-1.amazonaws.com",
        ["Content-Type"] = "application/x-amz-json-1.1",
        ["X-Amz-Target"] = "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken",
        ["X-Amz-Date"] = Timestamp,
    });

    private static WireRequest Request(string method, string path, string query, HeaderDictionary headers) =>
        new(method, path, query, headers);

    private static void AssertSigned(
        WireRequest request, string[] signed, string bodyHash, string service, string canonicalHash, string signature)
    {
        var scope = new SignatureScope("20260115", "us-east-1", service);
        var canonical = SignatureV4.CanonicalRequest(request, signed, bodyHash, service);
        Assert.Equal(canonicalHash, Hash(canonical));

        var key = SignatureV4.SigningKey(Secret, scope);
        Assert.Equal(signature, SignatureV4.Sign(key, SignatureV4.StringToSign(canonical, Timestamp, scope)));
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
