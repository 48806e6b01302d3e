using Berth.Vocabulary;

namespace Berth.Storage.Blobs;

/// <summary>
/// Where a stored blob lies. The object's id is chosen anew for every upload, so a blob that is deleted and one of the
/// same digest that is pushed at that moment never share a file: that is what makes collection safe without locks.
/// </summary>
/// <param name="Scope">Under whose key.</param>
/// <param name="Digest">Of the plain content.</param>
/// <param name="Id">The id the object was staged under.</param>
/// <param name="Class">In what kind of place. An object stays where it is: a blob moves by being copied to another one.</param>
public readonly record struct BlobKey(KeyScope Scope, Digest Digest, Guid Id, StorageClass Class = StorageClass.Standard);
