using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Berth.Server.Hosting;

/// <summary>
/// Writes each event as one line on standard error. Values come from callers, so control characters are escaped: a line
/// can neither be broken nor forged.
/// </summary>
internal sealed class LineLogger(LogFormat format, LogLevel level, TimeProvider time, TextWriter output) : ILoggerProvider
{
    private readonly Lock writing = new();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Standard error is the process's own and stays open.
    }

    private void Write(LogLevel severity, string category, string message, Exception? exception)
    {
        var line = format == LogFormat.Json
            ? AsJson(severity, category, message, exception)
            : AsText(severity, category, message, exception);
        lock (writing)
        {
            output.WriteLine(line);
        }
    }

    private string AsText(LogLevel severity, string category, string message, Exception? exception)
    {
        var line = new StringBuilder(Stamp()).Append(' ').Append(Name(severity)).Append(' ').Append(category).Append(": ");
        Escape(line, message);
        if (exception is not null)
        {
            Escape(line.Append(" | "), exception.ToString());
        }

        return line.ToString();
    }

    private string AsJson(LogLevel severity, string category, string message, Exception? exception)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("time", Stamp());
            json.WriteString("level", Name(severity));
            json.WriteString("category", category);
            json.WriteString("message", message);
            if (exception is not null)
            {
                json.WriteString("exception", exception.ToString());
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private string Stamp() => time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Name(LogLevel severity) => severity switch
    {
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error or LogLevel.Critical => "error",
        _ => "debug",
    };

    private static void Escape(StringBuilder line, string text)
    {
        foreach (var character in text)
        {
            if (char.IsControl(character) || character is '\u2028' or '\u2029')
            {
                line.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                line.Append(character);
            }
        }
    }

    private sealed class Category(LineLogger owner, string name) : ILogger
    {
        // The framework's own categories speak of every connection; only what they warn of matters here.
        private readonly LogLevel least =
            name.StartsWith("Berth", StringComparison.Ordinal) || owner.Level >= LogLevel.Warning ? owner.Level : LogLevel.Warning;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                owner.Write(logLevel, name, formatter(state, exception), exception);
            }
        }
    }

    private LogLevel Level => level;
}
