namespace Berth.Registry;

/// <summary>Whether an image can be pulled (ECR's shape <c>ImageStatus</c>).</summary>
public enum ImageStatus
{
    /// <summary>It can.</summary>
    Active,

    /// <summary>It lies in the archive and must be brought back first.</summary>
    Archived,

    /// <summary>It is being brought back.</summary>
    Activating,
}

/// <summary>The names that rows and the API have for them.</summary>
public static class ImageStatusNames
{
    /// <summary>Such as <c>ACTIVE</c>.</summary>
    public static string Wire(this ImageStatus status) => status switch
    {
        ImageStatus.Archived => "ARCHIVED",
        ImageStatus.Activating => "ACTIVATING",
        _ => "ACTIVE",
    };

    /// <summary>The status of a name that <see cref="Wire"/> wrote.</summary>
    public static ImageStatus FromWire(string name) => name switch
    {
        "ACTIVE" => ImageStatus.Active,
        "ARCHIVED" => ImageStatus.Archived,
        "ACTIVATING" => ImageStatus.Activating,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no status of an image"),
    };
}
