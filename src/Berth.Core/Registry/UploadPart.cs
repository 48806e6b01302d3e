using System.IO.Pipelines;

namespace Berth.Registry;

/// <summary>A run of bytes on its way into an upload.</summary>
public sealed record UploadPart
{
    /// <summary>The bytes; read to their end.</summary>
    public required PipeReader Content { get; init; }

    /// <summary>Where they begin in the layer, when the caller says so; they must follow what was received.</summary>
    public long? First { get; init; }

    /// <summary>How many there are, when the caller says so; more or fewer are refused.</summary>
    public long? Length { get; init; }
}

/// <summary>An upload session as its client may see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Received">Bytes that are acknowledged; the next part begins there.</param>
public sealed record UploadStatus(Vocabulary.UploadId Id, long Received);
