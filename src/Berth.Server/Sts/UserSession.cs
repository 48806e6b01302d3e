using Berth.Identity;
using Berth.Vocabulary;

namespace Berth.Server.Sts;

/// <summary>What holds for the sessions of users, their own and those they give to others.</summary>
internal static class UserSession
{
    private static readonly TimeSpan DefaultLength = TimeSpan.FromHours(12);
    private static readonly TimeSpan LongestOfRoot = TimeSpan.FromHours(1);

    /// <summary>Returns when the caller signed with a long-term key; otherwise the fault is <see cref="SessionRefused"/>.</summary>
    public static void RefuseSession(Caller caller, string operation)
    {
        if (caller.Session is not null)
        {
            throw new SessionRefused($"Cannot call {operation} with session credentials").AsException();
        }
    }

    /// <summary>How long a session lasts; one of a root is cut to an hour, whatever is asked for.</summary>
    public static TimeSpan LengthFor(Caller caller, int? seconds)
    {
        var length = seconds is { } asked ? TimeSpan.FromSeconds(asked) : DefaultLength;
        return caller.Principal.Kind is PrincipalKind.Root && length > LongestOfRoot ? LongestOfRoot : length;
    }
}
