namespace Berth.Identity;

/// <summary>The root key where the operator and the AWS tools find it: AWS's shared-credentials format, readable by the owner alone.</summary>
public static class CredentialsFile
{
    /// <summary>Writes the file, in the place of one that is there.</summary>
    public static async Task WriteAsync(string path, AccessKey key, CancellationToken cancel)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        var beside = path + ".new";
        File.Delete(beside);
        await using (var file = new StreamWriter(beside, options))
        {
            await file.WriteAsync(Format(key).AsMemory(), cancel);
        }

        File.Move(beside, path, overwrite: true);
    }

    /// <summary>The id and the secret in a file that <see cref="WriteAsync"/> made; null when they are not in it.</summary>
    public static async Task<(string Id, string Secret)?> ReadAsync(string path, CancellationToken cancel)
    {
        var settings = (await File.ReadAllLinesAsync(path, cancel))
            .Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
            .Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return (settings["aws_access_key_id"].LastOrDefault(), settings["aws_secret_access_key"].LastOrDefault()) is ({ } id, { } secret)
            ? (id, secret)
            : null;
    }

    /// <summary>The key as a profile of AWS's shared-credentials format.</summary>
    public static string Format(AccessKey key, string profile = "default") =>
        $"""
        [{profile}]
        aws_access_key_id = {key.Id}
        aws_secret_access_key = {key.Secret}

        """;
}
