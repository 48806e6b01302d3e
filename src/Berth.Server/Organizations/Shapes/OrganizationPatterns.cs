namespace Berth.Server.Organizations.Shapes;

/// <summary>The patterns of Organizations' model that members of several operations have.</summary>
internal static class OrganizationPatterns
{
    /// <summary>A policy's id.</summary>
    public const string PolicyId = "^p-[0-9a-zA-Z_]{8,128}$";

    /// <summary>A root, an account or an organizational unit.</summary>
    public const string TargetId = @"^(r-[0-9a-z]{4,32})|(\d{12})|(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$";

    /// <summary>An account.</summary>
    public const string AccountId = @"^\d{12}$";

    /// <summary>Any text.</summary>
    public const string Text = @"[\s\S]*";
}
