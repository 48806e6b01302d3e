using Berth.Vocabulary;

namespace Berth.Server.Sts;

/// <summary>There are no devices for codes here: a request that brings a code is refused rather than taken for one without.</summary>
internal static class MfaDevices
{
    /// <summary>Returns when a request brings none; otherwise the fault is <see cref="SessionRefused"/>.</summary>
    public static void Refuse(string? serialNumber, string? tokenCode)
    {
        if (serialNumber is not null || tokenCode is not null)
        {
            throw new SessionRefused(
                "MultiFactorAuthentication failed, unable to validate MFA code.  "
                + "Please verify your MFA serial number is valid and associated with this user.").AsException();
        }
    }
}
