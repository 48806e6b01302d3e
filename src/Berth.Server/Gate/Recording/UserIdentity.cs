using System.Text.Json;
using Berth.Identity;
using Berth.Identity.Sessions;
using Berth.Trail;
using Berth.Vocabulary;

namespace Berth.Server.Gate.Recording;

/// <summary>Who made a call, as records have it (CloudTrail user guide, "CloudTrail userIdentity element").</summary>
/// <param name="Caller">The caller.</param>
/// <param name="RoleArn">For a session of a role the role's ARN.</param>
internal sealed record UserIdentity(Caller Caller, string? RoleArn = null)
{
    /// <summary>Whom a token proved, for a call that is made with the token alone; otherwise null.</summary>
    public WebIdentityUser? WebIdentity { get; init; }

    /// <summary>The service that called on the caller's behalf; null for a call that the caller made.</summary>
    public string? InvokedBy { get; init; }

    /// <summary>The name that people know: a user's, a session's, or <c>root</c>.</summary>
    public string Username => WebIdentity?.Subject ?? Caller.Principal.Kind switch
    {
        PrincipalKind.Root => "root",
        _ => Caller.Arn[(Caller.Arn.LastIndexOf('/') + 1)..],
    };

    /// <summary>Writes it for an account; of another's caller that one learns no more than who it is.</summary>
    public void Write(Utf8JsonWriter json, AccountId reader)
    {
        json.WriteStartObject("userIdentity"u8);
        if (WebIdentity is { } user)
        {
            user.Write(json);
        }
        else if (reader != Caller.Account)
        {
            json.WriteString("type"u8, "AWSAccount"u8);
            json.WriteString("principalId"u8, Caller.Principal.UserId);
            json.WriteString("accountId"u8, Caller.Account.ToString());
        }
        else
        {
            WriteCaller(json);
        }

        if (InvokedBy is { } service)
        {
            json.WriteString("invokedBy"u8, service);
        }

        json.WriteEndObject();
    }

    private void WriteCaller(Utf8JsonWriter json)
    {
        var kind = Caller.Principal.Kind;
        json.WriteString("type"u8, TypeOf(kind));
        json.WriteString("principalId"u8, Caller.Principal.UserId);
        json.WriteString("arn"u8, Caller.Arn);
        json.WriteString("accountId"u8, Caller.Account.ToString());
        json.WriteString("accessKeyId"u8, Caller.AccessKeyId);
        if (kind is PrincipalKind.User)
        {
            json.WriteString("userName"u8, Username);
        }

        if (Caller.Session is { } session)
        {
            json.WriteStartObject("sessionContext"u8);
            WriteSession(json, session, kind);
            json.WriteEndObject();
        }
    }

    private void WriteSession(Utf8JsonWriter json, Session session, PrincipalKind kind)
    {
        if (kind is PrincipalKind.AssumedRole)
        {
            var role = RoleArn ?? RoleOf(Caller.Arn);
            WriteIssuer(json, "Role", session.OwnerId, role);
            json.WriteStartObject("webIdFederationData"u8);
            if (KeyOf(session, "aws:FederatedProvider") is { } provider)
            {
                json.WriteString("federatedProvider"u8, provider);
                json.WriteStartObject("attributes"u8);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }
        else if (kind is PrincipalKind.FederatedUser)
        {
            WriteIssuer(json, AccountId.TryParse(session.OwnerId, out _) ? "Root" : "IAMUser", session.OwnerId, arn: null);
        }

        json.WriteStartObject("attributes"u8);
        json.WriteString("creationDate"u8, RecordJson.Moment(session.IssuedAt));
        json.WriteString("mfaAuthenticated"u8, "false"u8);
        json.WriteEndObject();
        if (KeyOf(session, "aws:SourceIdentity") is { } source)
        {
            json.WriteString("sourceIdentity"u8, source);
        }

        if (KeyOf(session, "ec2:RoleDelivery") is { } delivery)
        {
            json.WriteString("ec2RoleDelivery"u8, delivery);
        }
    }

    private void WriteIssuer(Utf8JsonWriter json, string type, string id, string? arn)
    {
        json.WriteStartObject("sessionIssuer"u8);
        json.WriteString("type"u8, type);
        json.WriteString("principalId"u8, id);
        if (arn is not null)
        {
            json.WriteString("arn"u8, arn);
        }

        json.WriteString("accountId"u8, Caller.Account.ToString());
        if (arn is not null)
        {
            json.WriteString("userName"u8, arn[(arn.LastIndexOf('/') + 1)..]);
        }

        json.WriteEndObject();
    }

    // A session's ARN has no path, and neither has what is told of a role that is gone.
    private static string RoleOf(string session) =>
        session.Split(':', 6) is [_, var partition, _, _, var account, var name] && name.Split('/') is [_, var role, ..]
            ? $"arn:{partition}:iam::{account}:role/{role}"
            : session;

    private static string? KeyOf(Session session, string name)
    {
        foreach (var (key, value) in session.Keys)
        {
            if (string.Equals(key, name, StringComparison.Ordinal))
            {
                return value;
            }
        }

        return null;
    }

    private static string TypeOf(PrincipalKind kind) => kind switch
    {
        PrincipalKind.Root => "Root",
        PrincipalKind.AssumedRole => "AssumedRole",
        PrincipalKind.FederatedUser => "FederatedUser",
        PrincipalKind.WebIdentity => "WebIdentityUser",
        _ => "IAMUser",
    };
}

/// <summary>Somebody whom only an identity provider knows.</summary>
/// <param name="Provider">The provider's name, without a scheme.</param>
/// <param name="Client">For whom the token was made.</param>
/// <param name="Subject">Whom it is about.</param>
internal sealed record WebIdentityUser(string Provider, string Client, string Subject)
{
    /// <summary>Writes what stands in the identity.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("type"u8, "WebIdentityUser"u8);
        json.WriteString("principalId"u8, $"{Provider}:{Client}:{Subject}");
        json.WriteString("userName"u8, Subject);
        json.WriteString("identityProvider"u8, Provider);
    }
}
