namespace Berth.Registry;

/// <summary>How long what nobody refers to is kept, and how often it is looked for.</summary>
public sealed record Retention
{
    /// <summary>
    /// How long a layer stays that no image refers to. A push lasts no longer than its token, so the default is the
    /// token's twelve hours: a layer pushed first is still there when its manifest comes last.
    /// </summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromHours(12);

    /// <summary>How long an upload session may lie untouched.</summary>
    public TimeSpan UploadExpiry { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a deleted image can be taken back; zero for not at all.</summary>
    public TimeSpan RecycleBin { get; init; } = TimeSpan.Zero;

    /// <summary>Whether a deleted image goes to the recycle bin.</summary>
    public bool HasRecycleBin => RecycleBin > TimeSpan.Zero;

    /// <summary>Time between two collections.</summary>
    public TimeSpan CollectionInterval { get; init; } = TimeSpan.FromMinutes(10);
}
