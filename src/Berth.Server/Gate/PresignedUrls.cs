using System.Globalization;
using Berth.Vocabulary;

namespace Berth.Server.Gate;

/// <summary>Makes and checks URLs that are signed in their query and let whoever holds one read one thing for a while.</summary>
/// <param name="accessKeyId">Stands in the URL; need not be anybody's.</param>
/// <param name="secret">Shared by all nodes.</param>
/// <param name="service">The signing name; for a bucket <c>s3</c>.</param>
internal sealed class PresignedUrls(string accessKeyId, string secret, string service)
{
    private static readonly string[] OnlyHost = ["host"];

    /// <summary>Signs a GET of a resource; its query, if it has one, is signed too.</summary>
    public Uri Sign(Uri resource, RegionName region, TimeSpan lifetime, DateTimeOffset now)
    {
        var timestamp = now.UtcDateTime.ToString(SignatureV4.TimestampFormat, CultureInfo.InvariantCulture);
        var scope = new SignatureScope(timestamp[..SignatureV4.DateFormat.Length], region.ToString(), service);
        string[] parameters =
        [
            .. resource.Query.Length > 1 ? [resource.Query[1..]] : Array.Empty<string>(),
            $"X-Amz-Algorithm={SignatureV4.Algorithm}",
            $"X-Amz-Credential={Uri.EscapeDataString($"{accessKeyId}/{scope}")}",
            $"X-Amz-Date={timestamp}",
            $"X-Amz-Expires={(int)lifetime.TotalSeconds}",
            "X-Amz-SignedHeaders=host",
        ];
        var query = string.Join('&', parameters);
        var headers = new HeaderDictionary { ["host"] = resource.Authority };
        var canonical = SignatureV4.CanonicalRequest(
            new("GET", resource.AbsolutePath, query, headers), OnlyHost, SignatureV4.UnsignedPayload, service);
        var signature = SignatureV4.Sign(SignatureV4.SigningKey(secret, scope), SignatureV4.StringToSign(canonical, timestamp, scope));
        return new UriBuilder(resource) { Query = $"{query}&X-Amz-Signature={signature}" }.Uri;
    }

    /// <summary>
    /// Returns when the request is of a URL that was signed here and is still good; otherwise faults. A header with other
    /// credentials does not count: clients that are redirected within one host send theirs along.
    /// </summary>
    public void Verify(WireRequest request, DateTimeOffset now)
    {
        var claim = SignatureReader.ReadPresigned(request);
        claim.RefuseUnlessCurrent(now);
        if (!string.Equals(claim.AccessKeyId, accessKeyId, StringComparison.Ordinal)
            || !string.Equals(claim.Scope.Service, service, StringComparison.Ordinal)
            || !claim.IsSignatureOf(request, SignatureV4.UnsignedPayload, SignatureV4.SigningKey(secret, claim.Scope)))
        {
            throw new NotAuthenticated(AuthenticationFailure.Signature, SignatureV4.Mismatch).AsException();
        }
    }
}
