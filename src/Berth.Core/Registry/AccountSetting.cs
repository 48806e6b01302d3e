using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>Something that an account sets for its registry in a Region (ECR API reference, "PutAccountSetting").</summary>
/// <param name="Name">Such as <c>BLOB_MOUNTING</c>.</param>
/// <param name="Values">What it can be.</param>
/// <param name="Default">What an account is told that never set it.</param>
public sealed record AccountSetting(string Name, IReadOnlyList<string> Values, string Default)
{
    /// <summary>Which scanner makes basic scans. ECR's older one (<c>CLAIR</c>) is not taken any more there either.</summary>
    public static AccountSetting BasicScanType { get; } = new("BASIC_SCAN_TYPE_VERSION", ["AWS_NATIVE"], "AWS_NATIVE");

    /// <summary>Of which actions the registry's policy speaks: see <see cref="EcrActions.InOlderRegistryPolicies"/>.</summary>
    public static AccountSetting RegistryPolicyScope { get; } = new("REGISTRY_POLICY_SCOPE", [CurrentScope, OlderScope], CurrentScope);

    /// <summary>Whether layers of other repositories are mounted: see <see cref="Registry.BlobMounting"/>.</summary>
    public static AccountSetting BlobMounting { get; } = new("BLOB_MOUNTING", [Enabled, Disabled], Enabled);

    /// <summary>All there are.</summary>
    public static IReadOnlyList<AccountSetting> All { get; } = [BasicScanType, RegistryPolicyScope, BlobMounting];

    internal const string CurrentScope = "V2";
    internal const string OlderScope = "V1";
    internal const string Enabled = "ENABLED";
    internal const string Disabled = "DISABLED";

    /// <summary>The setting of a name. Fault: <see cref="AccountSettingUnknown"/>.</summary>
    public static AccountSetting Get(string name) =>
        All.FirstOrDefault(setting => string.Equals(setting.Name, name, StringComparison.Ordinal))
            ?? throw new AccountSettingUnknown(name, string.Join(", ", All.Select(setting => setting.Name))).AsException();

    /// <summary>Returns when it can have a value. Fault: <see cref="AccountSettingValueInvalid"/>.</summary>
    public void Check(string value)
    {
        if (!Values.Contains(value, StringComparer.Ordinal))
        {
            throw new AccountSettingValueInvalid(Name, string.Join(" or ", Values)).AsException();
        }
    }
}
