namespace Berth.Vocabulary;

/// <summary>The disk is full; nothing of the request was kept.</summary>
public sealed record StorageFull() : Fault("the registry's storage is full");

/// <summary>The database or the blob store does not answer.</summary>
public sealed record StorageUnavailable(string Reason) : Fault("the registry's storage is not available");

/// <summary>Stored bytes are not what was stored: torn, altered or cut. They are never served.</summary>
public sealed record ContentDamaged(string What) : Fault("stored content is damaged and was not served");
