using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Berth.Acceptance.Running;

/// <summary>A program that serves until it is stopped; what it prints is kept for the report of a failed test.</summary>
internal sealed class Daemon : IAsyncDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly StringBuilder log = new();
    private readonly bool leadsGroup;

    /// <summary>Starts the program.</summary>
    /// <param name="start">The program and its arguments.</param>
    /// <param name="leadsGroup">Whether it was started as the leader of a process group, which is then stopped as a whole.</param>
    public Daemon(ProcessStartInfo start, bool leadsGroup = false)
    {
        this.leadsGroup = leadsGroup;
        start.UseShellExecute = false;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
        process = new() { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Log
    {
        get
        {
            lock (log)
            {
                return log.ToString();
            }
        }
    }

    /// <summary>Waits until the program says it is ready; a program that ends before that fails the test with its log.</summary>
    public async Task UntilAsync(Func<CancellationToken, Task<bool>> isReady)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            while (!await isReady(limit.Token))
            {
                Assert.False(process.HasExited, $"'{process.StartInfo.FileName}' ended before it was ready:\n{Log}");
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"'{process.StartInfo.FileName}' was not ready after {Patience}:\n{Log}");
        }
    }

    /// <summary>Asks the program to stop and returns its exit code; one that does not stop is killed and fails the test.</summary>
    public async Task<int> StopAsync()
    {
        _ = Signal(leadsGroup ? -process.Id : process.Id, Terminate);
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
            Assert.Fail($"'{process.StartInfo.FileName}' did not stop within {Patience}:\n{Log}");
        }

        return process.ExitCode;
    }

    /// <summary>Ends the program as a power cut would: at once, with nothing written.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await StopAsync();
        }

        process.Dispose();
    }

    /// <summary>The end of a stream comes as null.</summary>
    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (log)
            {
                log.AppendLine(line);
            }
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
