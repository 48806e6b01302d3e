using System.Diagnostics;
using System.Globalization;
using Berth.Tests.Engines;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace Berth.Tests.Engines;

/// <summary>
/// A PostgreSQL of the test run's own, on a socket in a temporary folder. It starts when the first test asks for a
/// database, never as root, and is gone after the run. Its texts sort as English does, so that a key whose order was
/// forgotten shows.
/// </summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Lazy<Task> started;
    private Process? server;
    private int databases;

    public PostgreSqlServer() => started = new(StartAsync);

    private string Data => Path.Combine(folder.Path, "data");

    private static string Programs { get; } = FindPrograms();

    /// <summary>Creates an empty database and returns how to connect to it.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        await started.Value;
        var name = string.Create(CultureInfo.InvariantCulture, $"berth_{Interlocked.Increment(ref databases)}");
        await ExecuteAsync($"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    /// <summary>Drops a database that <see cref="CreateDatabaseAsync"/> made.</summary>
    public Task DropDatabaseAsync(string connectionString) =>
        ExecuteAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await RunAsync("pg_ctl", "stop", "--mode=fast", "--pgdata=" + Data);
            await server.WaitForExitAsync();
            server.Dispose();
        }

        folder.Dispose();
    }

    private async Task StartAsync()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_111_111); // the server's user makes its folder in it
        }

        await RunAsync(
            "initdb", "--pgdata=" + Data, "--username=berth", "--auth=trust", "--encoding=UTF8", "--no-sync",
            "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en");
        server = Start(
            "postgres", "-D", Data, "-k", folder.Path, "-c", "listen_addresses=", "-c", "max_connections=300",
            "-c", "fsync=off");
        await WaitUntilReadyAsync();
    }

    private async Task WaitUntilReadyAsync()
    {
        for (var patience = 300; ; patience--)
        {
            try
            {
                await ExecuteAsync("SELECT 1");
                return;
            }
            catch (NpgsqlException) when (patience > 0 && !server!.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }

    private string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder { Host = folder.Path, Username = "berth", Database = database }.ToString();

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres"));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}; run it by hand to see why");
    }

    // The server refuses to run as root; Debian's package makes the user for it.
    private static Process Start(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs, program);
        string[] command = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments]
            : [path, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static string FindPrograms()
    {
        const string Folder = "/usr/lib/postgresql";
        var versions = Directory.Exists(Folder) ? Directory.GetDirectories(Folder) : [];
        return versions
            .Where(version => File.Exists(Path.Combine(version, "bin", "postgres")))
            .OrderByDescending(version => int.Parse(Path.GetFileName(version), CultureInfo.InvariantCulture))
            .Select(version => Path.Combine(version, "bin"))
            .FirstOrDefault()
            ?? throw new InvalidOperationException($"no PostgreSQL under {Folder}: install the Debian package 'postgresql-15'");
    }
}
