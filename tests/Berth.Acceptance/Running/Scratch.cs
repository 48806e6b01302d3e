namespace Berth.Acceptance.Running;

/// <summary>A folder that is gone afterwards.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("berth-").FullName;

    /// <summary>A path inside; the folders above it exist.</summary>
    public string Path(params string[] parts)
    {
        var path = System.IO.Path.Combine([Folder, .. parts]);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Writes a text file inside and returns its path.</summary>
    public string Write(string name, string text)
    {
        var path = Path(name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
