using Berth.Server.Gate;
using Berth.Vocabulary;
using Microsoft.AspNetCore.Http;

namespace Berth.Tests.Gate;

public sealed class PresignedUrlsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly Uri Layer = new("http://localhost:5050/prod-us-east-1-starport-layer-bucket/0a1b/sha256:ff?part=a%2Fb");

    private readonly PresignedUrls urls = new("AKIAIOSFODNN7EXAMPLE", "shared", "s3");

    [Fact]
    public void A_URL_that_was_signed_here_is_good_until_its_time_is_over()
    {
        var request = RequestOf(Sign());

        urls.Verify(request, Now);
        urls.Verify(request, Now.AddMinutes(10));
        var fault = Refused(request, Now.AddMinutes(10).AddSeconds(1));

        Assert.Equal("Signature expired: 20260115T120000Z is now earlier than 20260115T120001Z (20260115T121001Z - 10 min.)", fault.Message);
    }

    [Fact]
    public void Credentials_that_a_redirected_client_sends_along_do_not_matter()
    {
        var request = RequestOf(Sign());
        request.Headers.Authorization = "Basic QVdTOnRva2Vu";

        urls.Verify(request, Now);
    }

    [Theory]
    [InlineData("sha256:ff", "sha256:fe")]
    [InlineData("part=a", "part=b")]
    [InlineData("X-Amz-Expires=600", "X-Amz-Expires=6000")]
    [InlineData("%2Fs3%2F", "%2Fecr%2F")]
    [InlineData("localhost", "otherhost")]
    [InlineData("AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLF")]
    public void A_URL_that_was_changed_is_refused(string was, string became)
    {
        var changed = new Uri(Sign().AbsoluteUri.Replace(was, became, StringComparison.Ordinal));

        Assert.Equal(AuthenticationFailure.Signature, Refused(RequestOf(changed), Now).Reason);
    }

    [Fact]
    public void A_URL_of_another_secret_is_refused()
    {
        var foreign = new PresignedUrls("AKIAIOSFODNN7EXAMPLE", "other", "s3").Sign(Layer, Region, TimeSpan.FromMinutes(10), Now);

        Assert.Equal(AuthenticationFailure.Signature, Refused(RequestOf(foreign), Now).Reason);
    }

    [Fact]
    public void A_URL_without_a_signature_is_refused() =>
        Assert.Equal(AuthenticationFailure.Malformed, Refused(RequestOf(Layer), Now).Reason);

    private static RegionName Region => RegionName.Parse("us-east-1");

    private Uri Sign() => urls.Sign(Layer, Region, TimeSpan.FromMinutes(10), Now);

    private NotAuthenticated Refused(WireRequest request, DateTimeOffset now) =>
        Assert.IsType<NotAuthenticated>(Assert.Throws<FaultException>(() => urls.Verify(request, now)).Fault);

    private static WireRequest RequestOf(Uri url) =>
        new("GET", url.AbsolutePath, url.Query[1..], new HeaderDictionary { ["Host"] = url.Authority });
}
