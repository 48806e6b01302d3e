using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>The row of table <c>image</c> behind an <see cref="Image"/>.</summary>
internal sealed record ImageRow
{
    public const string Columns =
        "i.digest, i.media_type, i.artifact_type, i.config_type, i.annotations, i.subject, i.manifest_size, i.size, i.pushed_at, "
        + "i.status, i.archived_at, i.activated_at, i.pulled_at";

    public string Digest { get; init; } = "";
    public string MediaType { get; init; } = "";
    public string? ArtifactType { get; init; }
    public string? ConfigType { get; init; }
    public string? Annotations { get; init; }
    public string? Subject { get; init; }
    public long ManifestSize { get; init; }
    public long Size { get; init; }
    public long PushedAt { get; init; }
    public string Status { get; init; } = "";
    public long? ArchivedAt { get; init; }
    public long? ActivatedAt { get; init; }
    public long? PulledAt { get; init; }

    public Image ToImage(IReadOnlyList<Tag> tags) => new()
    {
        Digest = Vocabulary.Digest.Parse(Digest),
        MediaType = MediaType,
        ArtifactType = ArtifactType,
        ConfigType = ConfigType,
        Annotations = Annotations,
        Subject = Subject is null ? null : Vocabulary.Digest.Parse(Subject),
        ManifestSize = ManifestSize,
        Size = Size,
        PushedAt = DateTimeOffset.FromUnixTimeMilliseconds(PushedAt),
        Status = ImageStatusNames.FromWire(Status),
        ArchivedAt = Moment(ArchivedAt),
        ActivatedAt = Moment(ActivatedAt),
        PulledAt = Moment(PulledAt),
        Tags = tags,
    };

    private static DateTimeOffset? Moment(long? milliseconds) =>
        milliseconds is { } given ? DateTimeOffset.FromUnixTimeMilliseconds(given) : null;
}
