using System.Diagnostics;

namespace Berth.Acceptance.Running;

/// <summary>Where one user works: a home folder of its own, and an environment that holds nothing of this machine but its programs.</summary>
internal sealed class Desk : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public Desk()
    {
        Folder = Home.Folder;
        Environment = new(StringComparer.Ordinal)
        {
            ["PATH"] = Checkout.ProgramPath,
            ["HOME"] = Home.Folder,
            ["LC_ALL"] = "C.UTF-8",
            ["AWS_PAGER"] = "",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        };
    }

    public Scratch Home { get; } = new();

    /// <summary>Where programs are started: at home unless said otherwise.</summary>
    public string Folder { get; init; }

    public Dictionary<string, string> Environment { get; }

    /// <summary>Runs a program that must succeed and returns what it printed on its standard output.</summary>
    public async Task<string> RunAsync(string program, params IEnumerable<string> arguments) =>
        (await TryAsync(program, arguments)).Succeeded();

    /// <summary>Runs a program to its end, whatever that is.</summary>
    public Task<Outcome> TryAsync(string program, params IEnumerable<string> arguments) => TellAsync("", program, arguments);

    /// <summary>Runs a program to its end with <paramref name="input"/> as its standard input.</summary>
    public async Task<Outcome> TellAsync(string input, string program, params IEnumerable<string> arguments)
    {
        var start = Describe(program, arguments);
        var command = $"{program} {string.Join(' ', start.ArgumentList)}";
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await FeedAsync(process, input);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"not done after {Patience}: {command}\n{await output}{await error}");
        }

        return new(command, process.ExitCode, await output, await error);
    }

    /// <summary>How a program is started at this desk.</summary>
    public ProcessStartInfo Describe(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Checkout.FindProgram(program), arguments)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    public void Dispose() => Home.Dispose();

    private static async Task FeedAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A program may end without reading what it was told; its exit code is what counts.
        }
    }
}
