namespace Berth.Identity.Entities;

/// <summary>A tag on an IAM entity or a session.</summary>
/// <param name="Key">Whose case is kept, and does not count.</param>
/// <param name="Value">May be empty.</param>
public readonly record struct EntityTag(string Key, string Value);
