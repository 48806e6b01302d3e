namespace Berth.Vocabulary;

/// <summary>The caller is known, and STS refuses for a reason that is no policy's.</summary>
/// <param name="Sentence">STS's own, such as <c>Roles may not be assumed by root accounts.</c></param>
public sealed record SessionRefused(string Sentence) : Fault(Sentence);

/// <summary>Tags that a session cannot have together, or cannot have beside those it inherits.</summary>
public sealed record SessionTagsInvalid(string Sentence) : Fault(Sentence);

/// <summary>A session's policies and tags take more than their room.</summary>
public sealed record PackedPolicyTooLarge(string Sentence) : Fault(Sentence);
