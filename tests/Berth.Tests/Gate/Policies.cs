namespace Berth.Tests.Gate;

/// <summary>Policies as tests write them.</summary>
internal static class Policies
{
    public const string AllowsEcr = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:*","Resource":"*"}}""";

    /// <summary>One statement of a user or role.</summary>
    public static string OfIdentity(string effect, string action, string resource = "*", string? condition = null) =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"{{effect}}","Action":"{{action}}","Resource":"{{resource}}"{{Block(condition)}} }]}""";

    /// <summary>One statement of a repository.</summary>
    public static string OfRepository(string effect, string principal, string action, string? condition = null) =>
        $$"""{"Version":"2012-10-17","Statement":[{"Sid":"Only","Effect":"{{effect}}","Principal":{{principal}},"Action":"{{action}}"{{Block(condition)}} }]}""";

    /// <summary>One statement of a registry.</summary>
    public static string OfRegistry(string effect, string principal, string action, string resource) =>
        $$"""{"Version":"2012-10-17","Statement":[{"Sid":"Only","Effect":"{{effect}}","Principal":{{principal}},"Action":"{{action}}","Resource":"{{resource}}"}]}""";

    private static string Block(string? condition) => condition is null ? "" : $",\"Condition\":{condition}";
}
