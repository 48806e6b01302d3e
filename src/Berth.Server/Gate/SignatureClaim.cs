using System.Globalization;
using Berth.Vocabulary;

namespace Berth.Server.Gate;

/// <summary>What a request says of its own signature, nothing of it proved yet.</summary>
/// <param name="AccessKeyId">The key it says it was signed with.</param>
/// <param name="Scope">Where and when the signature is good.</param>
/// <param name="Timestamp">When it was signed, as <see cref="SignatureV4.TimestampFormat"/>.</param>
/// <param name="SignedHeaders">The headers it covers.</param>
/// <param name="Signature">The signature.</param>
internal sealed record SignatureClaim(
    string AccessKeyId, SignatureScope Scope, string Timestamp, IReadOnlyList<string> SignedHeaders, string Signature)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    /// <summary>The session token of temporary credentials.</summary>
    public string? SessionToken { get; init; }

    /// <summary>How long a presigned request is good; null for one signed in its headers.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Whether the signature is the right one for the request.</summary>
    public bool IsSignatureOf(WireRequest request, string payloadHash, ReadOnlySpan<byte> signingKey)
    {
        var canonical = SignatureV4.CanonicalRequest(request, SignedHeaders, payloadHash, Scope.Service);
        return SignatureV4.AreEqual(Signature, SignatureV4.Sign(signingKey, SignatureV4.StringToSign(canonical, Timestamp, Scope)));
    }

    /// <summary>Faults when the request was signed too long ago, or will be signed in time to come.</summary>
    public void RefuseUnlessCurrent(DateTimeOffset now)
    {
        var signed = DateTimeOffset.ParseExact(Timestamp, SignatureV4.TimestampFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        var (earliest, latest) = (now - (Lifetime ?? Skew), now + Skew);
        if (Write(signed) is var text && signed < earliest)
        {
            throw Wrong($"Signature expired: {text} is now earlier than {Write(earliest)} ({Write(now)} - {Describe(Lifetime ?? Skew)}.)");
        }

        if (signed > latest)
        {
            throw Wrong($"Signature not yet current: {text} is still later than {Write(latest)} ({Write(now)} + {Describe(Skew)}.)");
        }
    }

    private static string Write(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString(SignatureV4.TimestampFormat, CultureInfo.InvariantCulture);

    private static string Describe(TimeSpan span) =>
        span.Seconds == 0 ? $"{(int)span.TotalMinutes} min" : $"{(int)span.TotalSeconds} sec";

    private static FaultException Wrong(string message) =>
        new NotAuthenticated(AuthenticationFailure.Signature, message).AsException();
}
