namespace Berth.Vocabulary;

/// <summary>No account setting has that name.</summary>
/// <param name="Name">The name given.</param>
/// <param name="Known">The names there are.</param>
public sealed record AccountSettingUnknown(string Name, string Known) : Fault($"'{Name}' is no account setting; there are {Known}");

/// <summary>The account setting cannot have that value.</summary>
/// <param name="Name">The setting.</param>
/// <param name="Allowed">The values it can have.</param>
public sealed record AccountSettingValueInvalid(string Name, string Allowed) : Fault($"the account setting '{Name}' can be {Allowed}");
