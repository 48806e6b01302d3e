using System.Text.Json;
using Berth.Server.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Hosting;

public sealed class LineLoggerTests : IDisposable
{
    // Ends of lines as terminals and log readers know them, and the sequence that begins a terminal's commands.
    private const string Forgery = "app\r\n2026-01-15T12:00:00.000Z info Berth: forged\u0085\u2028\u2029\u001b[2K\0end";

    private readonly FakeTimeProvider time = new(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));
    private readonly StringWriter output = new();

    public void Dispose() => output.Dispose();

    [Fact]
    public void A_line_says_when_how_grave_who_and_what()
    {
        Log(LogFormat.Text, log => log.LogWarning("The disk is {Percent} % full", 91));

        Assert.Equal("2026-01-15T12:00:00.000Z warn Berth.Tests: The disk is 91 % full\n", output.ToString());
    }

    [Theory]
    [InlineData(LogFormat.Text)]
    [InlineData(LogFormat.Json)]
    public void A_value_can_neither_break_nor_forge_a_line(object format)
    {
        Log((LogFormat)format, log => log.LogError(new InvalidOperationException(Forgery), "No repository {Name}", Forgery));

        var line = output.ToString();
        Assert.EndsWith("\n", line, StringComparison.Ordinal);
        Assert.DoesNotContain(line[..^1], character => char.IsControl(character) || character is '\u2028' or '\u2029');
    }

    [Fact]
    public void What_was_escaped_can_still_be_read()
    {
        Log(LogFormat.Text, log => log.LogInformation("{Value}", "a\nb\u001bc"));

        Assert.EndsWith(@"a\u000ab\u001bc" + "\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_line_of_JSON_is_an_object_with_the_values_as_they_were()
    {
        Log(LogFormat.Json, log =>
        {
            log.LogInformation("No repository {Name}", Forgery);
            log.LogError(new InvalidOperationException(Forgery), "Failed");
        });

        var lines = output.ToString().TrimEnd('\n').Split('\n').Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToArray();
        Assert.Equal(2, lines.Length);
        Assert.Equal("2026-01-15T12:00:00.000Z", lines[0].GetProperty("time").GetString());
        Assert.Equal("info", lines[0].GetProperty("level").GetString());
        Assert.Equal("Berth.Tests", lines[0].GetProperty("category").GetString());
        Assert.Equal($"No repository {Forgery}", lines[0].GetProperty("message").GetString());
        Assert.False(lines[0].TryGetProperty("exception", out _));
        Assert.Contains(Forgery, lines[1].GetProperty("exception").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_below_the_level_are_left_out()
    {
        Log(LogFormat.Text, log => log.LogInformation("unimportant"), level: LogLevel.Warning);

        Assert.Empty(output.ToString());
    }

    [Fact]
    public void Of_the_framework_only_warnings_are_logged()
    {
        Log(
            LogFormat.Text,
            log =>
            {
                log.LogInformation("a connection was opened");
                log.LogWarning("a connection was reset");
            },
            category: "Microsoft.AspNetCore.Server.Kestrel");

        Assert.EndsWith("Kestrel: a connection was reset\n", Assert.Single(output.ToString().Split('\n')[..^1]) + "\n", StringComparison.Ordinal);
    }

    private void Log(LogFormat format, Action<ILogger> write, string category = "Berth.Tests", LogLevel level = LogLevel.Information)
    {
        using var logger = new LineLogger(format, level, time, output);
        write(logger.CreateLogger(category));
    }
}
