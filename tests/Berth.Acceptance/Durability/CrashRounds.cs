using System.Globalization;

namespace Berth.Acceptance.Durability;

/// <summary>How often a test kills the server: as CRASH_ROUNDS says, or 20 times.</summary>
internal static class CrashRounds
{
    public static int Count { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("CRASH_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 20;
}
