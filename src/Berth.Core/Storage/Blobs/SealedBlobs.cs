namespace Berth.Storage.Blobs;

/// <summary>Encryption over a store.</summary>
public sealed class SealedBlobs;
