namespace Berth.Trail;

/// <summary>How long records are kept, and where they go.</summary>
public sealed record TrailSettings
{
    /// <summary>How long a record can be looked up.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(90);

    /// <summary>The folder that records are exported to; null for none.</summary>
    public string? Export { get; init; }

    /// <summary>Time between two exports.</summary>
    public TimeSpan ExportInterval { get; init; } = TimeSpan.FromHours(1);
}
