namespace Berth.Vocabulary;

/// <summary>What is wrong with the upload area of templates, in S3's words.</summary>
/// <param name="Message">The sentence.</param>
public abstract record BucketFault(string Message) : Fault(Message);

/// <summary>There is no bucket of that name.</summary>
/// <param name="Bucket">The name.</param>
public sealed record BucketNotFound(string Bucket) : BucketFault("The specified bucket does not exist");

/// <summary>No bucket can have that name (Amazon S3 User Guide, "Bucket naming rules").</summary>
/// <param name="Bucket">The name.</param>
public sealed record BucketNameInvalid(string Bucket) : BucketFault("The specified bucket is not valid.");

/// <summary>The name is taken: names of buckets are those of the whole deployment.</summary>
/// <param name="Bucket">The name.</param>
/// <param name="IsOwn">Whether the caller's own account has it.</param>
public sealed record BucketAlreadyExists(string Bucket, bool IsOwn) : BucketFault(
    IsOwn
        ? "Your previous request to create the named bucket succeeded and you already own it."
        : "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.");

/// <summary>The bucket is another account's, which shares it with nobody.</summary>
/// <param name="Bucket">The name.</param>
public sealed record BucketOfAnother(string Bucket) : BucketFault("Access Denied");

/// <summary>The bucket still has something in it.</summary>
/// <param name="Bucket">The name.</param>
public sealed record BucketNotEmpty(string Bucket) : BucketFault("The bucket you tried to delete is not empty");

/// <summary>The account has as many buckets as it may have, or the bucket as many objects.</summary>
/// <param name="What">What there are too many of.</param>
/// <param name="Most">How many there may be.</param>
public sealed record TooManyUploads(string What, int Most) : BucketFault($"The upload area holds no more than {Most} {What}");

/// <summary>Nothing was uploaded under that key.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The key.</param>
public sealed record UploadedObjectNotFound(string Bucket, string Key) : BucketFault("The specified key does not exist.");

/// <summary>What is uploaded is longer than any template may be.</summary>
/// <param name="Most">The most bytes.</param>
public sealed record UploadedObjectTooLarge(int Most) : BucketFault("Your proposed upload exceeds the maximum allowed object size.");

/// <summary>What was uploaded is not what the request says of it.</summary>
/// <param name="Message">Which of the sums differs.</param>
public sealed record UploadDamaged(string Message) : BucketFault(Message);
