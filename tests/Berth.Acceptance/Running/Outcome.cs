namespace Berth.Acceptance.Running;

/// <summary>What a finished program left: its exit code and what it printed.</summary>
internal sealed record Outcome(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>Everything printed: clients do not agree on which stream an answer belongs to.</summary>
    public string Printed => Output + Error;

    /// <summary>The standard output of a program that must have succeeded, without the last line's end.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode} of: {Command}\n{Printed}");
        return Output.TrimEnd();
    }

    /// <summary>Everything printed by a program that must have failed.</summary>
    public string Refused()
    {
        Assert.True(ExitCode != 0, $"should have failed: {Command}\n{Printed}");
        return Printed;
    }
}
