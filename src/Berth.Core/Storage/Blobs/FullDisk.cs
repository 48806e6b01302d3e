namespace Berth.Storage.Blobs;

/// <summary>Tells a full disk from other trouble with files.</summary>
internal static class FullDisk
{
    private const int NoSpace = 28;
    private const int FileTooLarge = 27;
    private const int QuotaExceededLinux = 122;
    private const int QuotaExceededMac = 69;

    /// <summary>
    /// Whether a file call failed for want of space. On Unix .NET hands the error number on as <c>HResult</c>; only for
    /// EFBIG, which a write meets at a file size limit, it throws an <see cref="ArgumentOutOfRangeException"/>.
    /// </summary>
    public static bool Caused(Exception exception) => exception switch
    {
        IOException { HResult: NoSpace or FileTooLarge } => true,
        IOException { HResult: QuotaExceededLinux } => OperatingSystem.IsLinux(),
        IOException { HResult: QuotaExceededMac } => OperatingSystem.IsMacOS(),
        ArgumentOutOfRangeException => true,
        _ => false,
    };
}
