namespace Berth.Storage.Blobs;

/// <summary>
/// The key file is there and cannot be used. The server must not start with a new one in its place: all that was sealed
/// under the old keys would be lost.
/// </summary>
/// <param name="path">The key file.</param>
/// <param name="reason">What is wrong with it.</param>
/// <param name="inner">What reading it threw.</param>
public sealed class KeyringUnreadableException(string path, string reason, Exception? inner = null)
    : Exception($"the keyring '{path}' cannot be read: {reason}", inner)
{
    /// <summary>The key file.</summary>
    public string KeyringPath { get; } = path;
}
