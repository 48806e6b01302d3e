namespace Berth.Server.Delivery;

/// <summary>The patterns of members that several operations have.</summary>
internal static class Patterns
{
    /// <summary>As EC2 makes instance ids.</summary>
    public const string InstanceId = "i-[0-9a-f]{17}";
}
