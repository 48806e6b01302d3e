namespace Berth.Server.Hosting;

/// <summary>
/// A folder of certificates, each <c>NAME.crt</c> with its <c>NAME.key</c>, listed again within seconds when it changes. What cannot be read
/// is told in the log and left out, so that one bad file does not keep the others from being served.
/// </summary>
internal sealed class CertificateFolder(string path, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private readonly Lock listing = new();
    private readonly Dictionary<string, CertificateFile> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTime> refused = new(StringComparer.Ordinal);
    private IReadOnlyList<CertificateFile> current = [];
    private DateTimeOffset lookedAt = DateTimeOffset.MinValue;

    /// <summary>The certificates, by the names of their files. While none is there, those that were there last.</summary>
    public IReadOnlyList<CertificateFile> Get()
    {
        lock (listing)
        {
            var now = time.GetUtcNow();
            if (now - lookedAt >= LookAgain)
            {
                lookedAt = now;
                List();
            }

            return current;
        }
    }

    private void List()
    {
        try
        {
            var files = Directory.EnumerateFiles(path, "*.crt").Order(StringComparer.Ordinal).ToList();
            foreach (var gone in known.Keys.Except(files, StringComparer.Ordinal).ToList())
            {
                known.Remove(gone);
            }

            foreach (var file in files.Where(file => !known.ContainsKey(file)))
            {
                Add(file);
            }

            current = known.Count > 0 ? [.. known.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)] : current;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("Tls:Folder '{Path}' cannot be listed: {Reason}; what was read before stays in use", path, exception.Message);
        }
    }

    private void Add(string certificate)
    {
        var key = Path.ChangeExtension(certificate, ".key");
        var stamp = Max(File.GetLastWriteTimeUtc(certificate), File.GetLastWriteTimeUtc(key));
        if (refused.TryGetValue(certificate, out var tried) && tried == stamp)
        {
            return;
        }

        try
        {
            known[certificate] = new(certificate, key, time, log);
            refused.Remove(certificate);
        }
        catch (ConfigurationException exception)
        {
            refused[certificate] = stamp;
            log.LogWarning("{Reason}; it is left out", exception.Message);
        }
    }

    private static DateTime Max(DateTime one, DateTime other) => one > other ? one : other;
}
