namespace Berth.Vocabulary;

/// <summary>What a manifest says of content it points at (OCI image specification, "Content Descriptors").</summary>
/// <param name="MediaType">What the content is.</param>
/// <param name="Digest">Its address.</param>
/// <param name="Size">Its length in bytes.</param>
public sealed record Descriptor(string MediaType, Digest Digest, long Size);
