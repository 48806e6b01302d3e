using System.Runtime.InteropServices;

namespace Berth.Storage.Blobs;

/// <summary>
/// Makes the names in a folder durable, and one of them only once. A rename or a new file survives a power cut only when
/// its folder was synced; .NET opens no folders and makes no hard links, so the C library is called.
/// </summary>
internal static partial class DurableFolder
{
    private const int ReadOnly = 0;

    /// <summary>Returns when every name in the folder would survive a power cut.</summary>
    public static void Flush(string path)
    {
        var descriptor = Open(path, ReadOnly);
        if (descriptor < 0)
        {
            throw LastError("open", path);
        }

        try
        {
            if (Sync(descriptor) != 0)
            {
                throw LastError("sync", path);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>
    /// Makes a folder and those above it that are missing. The one above is synced even when the folder is there already:
    /// whoever made it may not have come to that.
    /// </summary>
    public static void Create(string path)
    {
        var parent = Path.GetDirectoryName(Path.GetFullPath(path));
        if (parent is null)
        {
            return;
        }

        if (!Directory.Exists(parent))
        {
            Create(parent);
        }

        Directory.CreateDirectory(path);
        Flush(parent);
    }

    /// <summary>
    /// Gives a file a second name, if nothing has that name: of several processes at once just one succeeds, the others get
    /// an <see cref="IOException"/>. (.NET's move without overwriting looks first and renames then, so two may both succeed.)
    /// </summary>
    public static void Link(string path, string name)
    {
        if (LinkFile(path, name) != 0)
        {
            throw LastError("link", name);
        }
    }

    private static IOException LastError(string verb, string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"cannot {verb} '{path}': {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int LinkFile(string path, string name);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
