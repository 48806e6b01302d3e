using System.Globalization;
using System.Text;
using Berth.Server.Gate;
using Berth.Server.Gate.LayerBucket;
using Berth.Storage.Blobs;
using Berth.Vocabulary;

namespace Berth.Server.Aws.LayerBucket;

/// <summary>
/// Checks that a request is of a URL that was signed here and is still good. A header with other credentials does not
/// count: clients that are redirected within one host send theirs along.
/// </summary>
internal sealed class BucketSignature(Keyring keyring)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    private readonly string secret = LayerBucketKey.SecretOf(keyring);

    /// <summary>Why a request may not be answered; null when it may.</summary>
    public S3Error? FindFlaw(WireRequest request, RegionName region, DateTimeOffset now)
    {
        var (claim, error) = PresignedQuery.Read(request, region);
        return claim is null ? error
            : FindFlawInTime(claim, now)
            ?? FindUnsigned(request, claim)
            ?? (claim.AccessKeyId is LayerBucketKey.Id ? FindMismatch(request, claim) : UnknownKey(claim.AccessKeyId));
    }

    private static S3Error? FindFlawInTime(SignatureClaim claim, DateTimeOffset now)
    {
        var signed = DateTimeOffset.ParseExact(
            claim.Timestamp, SignatureV4.TimestampFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        var lifetime = claim.Lifetime!.Value;
        if (signed > now + Skew)
        {
            return new(403, "AccessDenied", "Request is not yet valid", ("X-Amz-Date", claim.Timestamp), ("ServerTime", Write(now)));
        }

        return now - signed <= lifetime
            ? null
            : new(
                403,
                "AccessDenied",
                "Request has expired",
                ("X-Amz-Expires", $"{(int)lifetime.TotalSeconds}"),
                ("Expires", Write(signed + lifetime)),
                ("ServerTime", Write(now)));
    }

    private static S3Error? FindUnsigned(WireRequest request, SignatureClaim claim)
    {
        string[] unsigned =
        [
            .. request.Headers.Keys.Select(name => name.ToLowerInvariant()).Where(name =>
                name.StartsWith("x-amz-", StringComparison.Ordinal) && !claim.SignedHeaders.Contains(name, StringComparer.Ordinal)),
        ];
        return unsigned is []
            ? null
            : new(
                403,
                "AccessDenied",
                "There were headers present in the request which were not signed",
                ("HeadersNotSigned", string.Join(", ", unsigned)));
    }

    private S3Error? FindMismatch(WireRequest request, SignatureClaim claim)
    {
        var canonical = SignatureV4.CanonicalRequest(
            request, claim.SignedHeaders, SignatureV4.UnsignedPayload, LayerBucketKey.Service);
        var text = SignatureV4.StringToSign(canonical, claim.Timestamp, claim.Scope);
        return SignatureV4.AreEqual(claim.Signature, SignatureV4.Sign(SignatureV4.SigningKey(secret, claim.Scope), text))
            ? null
            : new(
                403,
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
                ("AWSAccessKeyId", claim.AccessKeyId),
                ("StringToSign", text),
                ("SignatureProvided", claim.Signature),
                ("StringToSignBytes", Bytes(text)),
                ("CanonicalRequest", canonical),
                ("CanonicalRequestBytes", Bytes(canonical)));
    }

    private static S3Error UnknownKey(string id) => new(
        403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", ("AWSAccessKeyId", id));

    private static string Bytes(string text) => string.Join(' ', Encoding.UTF8.GetBytes(text).Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));

    private static string Write(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
