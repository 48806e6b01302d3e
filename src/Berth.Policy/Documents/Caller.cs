namespace Berth.Policy.Documents;

/// <summary>How closely a principal element means a caller; what is closer grants more within an account.</summary>
internal enum PrincipalMatch
{
    None,

    /// <summary>Its account: the account's own policies decide who of it is meant.</summary>
    Account,

    /// <summary>The role whose session it is: what limits the role's sessions still limits this one.</summary>
    Role,

    /// <summary>The caller itself, or everybody.</summary>
    Caller,
}

/// <summary>The names under which a policy can mean the caller.</summary>
internal sealed class Caller(AccessRequest request, bool hasBoundary)
{
    private const string SessionPart = ":assumed-role/";

    public string Arn { get; } = request.Principal;

    public string Account { get; } = request.PrincipalAccount;

    public bool IsService { get; } = request.IsService;

    public bool IsRoot { get; } = request.IsRoot;

    public bool HasBoundary { get; } = hasBoundary;

    /// <summary>The role of a session, with its path where the request knows it; null for other callers.</summary>
    public string? Role { get; } = FindRole(request);

    /// <summary>A session's own ARN leaves out the role's path, which <c>aws:PrincipalArn</c> has.</summary>
    private static string? FindRole(AccessRequest request)
    {
        var start = request.Principal.IndexOf(SessionPart, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        if (request.Context.FindSingle("aws:PrincipalArn") is { } arn)
        {
            return arn;
        }

        var role = request.Principal[(start + SessionPart.Length)..].Split('/')[0];
        var partition = request.Principal.Split(':')[1];
        return $"arn:{partition}:iam::{request.PrincipalAccount}:role/{role}";
    }
}
