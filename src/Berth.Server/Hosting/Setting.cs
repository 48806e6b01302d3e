namespace Berth.Server.Hosting;

/// <summary>One setting: its name, what it is for, and how its text is read into the options.</summary>
/// <param name="Name">As in <c>berth.json</c>, sections joined by colons.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Allowed">What may stand there.</param>
/// <param name="Default">What holds when it is not set, for people.</param>
/// <param name="Apply">The options with the value; null when the value is not allowed.</param>
internal sealed record Setting(
    string Name, string Summary, string Allowed, string Default, Func<BerthOptions, string, BerthOptions?> Apply)
{
    /// <summary>Another name in the environment, where convention has one.</summary>
    public string? Variable { get; init; }

    /// <summary>Whether the value is a secret and never printed.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The environment variable that sets it.</summary>
    public string EnvironmentName => "BERTH_" + (Variable ?? Name.Replace(":", "__", StringComparison.Ordinal));
}
