using System.Text.Json;
using System.Text.Json.Serialization;

namespace Berth.Storage.Blobs;

/// <summary>The key file, as <c>docs/reference/formats.md</c> has it. Keys stand in the order they were added.</summary>
internal sealed record KeyringFile(int Version, Guid Active, IReadOnlyList<KeyringFile.Entry> Keys)
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyLength = 32;

    private const int CurrentVersion = 1;

    /// <summary>A ring with no key in it yet.</summary>
    public static KeyringFile Empty { get; } = new(CurrentVersion, Guid.Empty, []);

    /// <summary>Reads the file; one that is no keyring is a <see cref="KeyringUnreadableException"/>.</summary>
    public static KeyringFile Read(string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize(File.ReadAllBytes(path), KeyringJson.Default.KeyringFile) ?? Empty;
            return file.FindFlaw() is { } flaw ? throw new KeyringUnreadableException(path, flaw) : file;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new KeyringUnreadableException(path, e.Message, e);
        }
    }

    /// <summary>The ring with one more key, which becomes the active one.</summary>
    public KeyringFile With(Entry key) => this with { Active = key.Id, Keys = [.. Keys, key] };

    /// <summary>
    /// Writes the file so that a power cut leaves the old one or the new one, readable by the owner alone. When it must not
    /// replace one, an <see cref="IOException"/> says that there is one.
    /// </summary>
    public void Write(string path, bool replace)
    {
        var fresh = $"{path}.{Active:N}";
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        try
        {
            using (var stream = new FileStream(fresh, options))
            {
                JsonSerializer.Serialize(stream, this, KeyringJson.Default.KeyringFile);
                stream.Flush(flushToDisk: true);
            }

            if (replace)
            {
                File.Move(fresh, path, overwrite: true);
            }
            else
            {
                DurableFolder.Link(fresh, path);
            }
        }
        finally
        {
            File.Delete(fresh);
        }

        DurableFolder.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    private string? FindFlaw() => this switch
    {
        { Version: not CurrentVersion } => $"version {Version} is not known",
        _ when Keys.Any(key => key.Key.Length != KeyLength) => "a key is not 256 bits long",
        _ when Keys.DistinctBy(key => key.Id).Count() != Keys.Count => "two keys have the same id",
        _ when Keys.All(key => key.Id != Active) => "the active key is not in it",
        _ => null,
    };

    /// <summary>One key of the ring.</summary>
    internal sealed record Entry(Guid Id, DateTimeOffset Created, byte[] Key);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true)]
[JsonSerializable(typeof(KeyringFile))]
internal sealed partial class KeyringJson : JsonSerializerContext;
