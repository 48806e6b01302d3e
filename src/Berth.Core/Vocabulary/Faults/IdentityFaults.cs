namespace Berth.Vocabulary;

/// <summary>There is no user, role, group or such of that name.</summary>
/// <param name="Kind">As in IAM's sentences: <c>user</c>, <c>role</c>, <c>Instance Profile</c>, <c>role policy</c>.</param>
/// <param name="Name">The name asked for.</param>
public sealed record EntityNotFound(string Kind, string Name)
    : Fault(Kind is "Instance Profile" ? $"{Kind} {Name} cannot be found." : $"The {Kind} with name {Name} cannot be found.");

/// <summary>Something of IAM that is not found by a name of its own; the sentence is IAM's.</summary>
public sealed record IdentityNotFound(string Sentence) : Fault(Sentence);

/// <summary>The name is taken.</summary>
/// <param name="Kind">As in IAM's sentences, in lower case.</param>
/// <param name="Name">The name.</param>
public sealed record EntityAlreadyExists(string Kind, string Name)
    : Fault(Kind is "OpenIDConnect provider"
        ? $"Provider with url https://{Name} already exists."
        : $"{char.ToUpperInvariant(Kind[0])}{Kind[1..]} {(Kind is "Instance Profile" ? "" : "with name ")}{Name} already exists.");

/// <summary>It cannot be deleted while others hang on it.</summary>
/// <param name="Sentence">IAM's, such as <c>Cannot delete entity, must detach all policies first.</c></param>
public sealed record EntityInUse(string Sentence) : Fault(Sentence);

/// <summary>An account may not have more of these.</summary>
/// <param name="Quota">The quota's name, such as <c>AccessKeysPerUser</c>.</param>
/// <param name="Most">Its value.</param>
public sealed record IdentityQuotaExceeded(string Quota, int Most) : Fault($"Cannot exceed quota for {Quota}: {Most}");

/// <summary>A managed policy has as many versions as it may.</summary>
public sealed record TooManyPolicyVersions(int Most)
    : Fault($"A managed policy can have up to {Most} versions. Before you create a new version, you must delete an existing version.");

/// <summary>The inline policies of an entity are too long together.</summary>
/// <param name="Kind">As in IAM's sentences, in lower case.</param>
/// <param name="Name">The user, group or role.</param>
/// <param name="Most">The most characters, white space not counted.</param>
public sealed record InlinePoliciesTooLarge(string Kind, string Name, int Most)
    : Fault($"Maximum policy size of {Most} bytes exceeded for {Kind} {Name}");

/// <summary>A policy that is not one, or not one of the kind wanted.</summary>
/// <param name="Sentence">AWS's text for MalformedPolicyDocument, with where it is wrong.</param>
public sealed record PolicyMalformed(string Sentence) : Fault(Sentence);

/// <summary>Input that keeps the model's rules and breaks one of IAM's own.</summary>
public sealed record IdentityInputInvalid(string Sentence) : Fault(Sentence);

/// <summary>Input that STS or IAM answers with ValidationError.</summary>
public sealed record IdentityValidationFailed(string Sentence) : Fault(Sentence);

/// <summary>Only a service may change it.</summary>
public sealed record EntityUnmodifiable(string Sentence) : Fault(Sentence);

/// <summary>A policy that cannot be attached to what was named.</summary>
public sealed record PolicyNotAttachable(string Sentence) : Fault(Sentence);
