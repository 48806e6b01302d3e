using Berth.Identity.Entities;
using Berth.Identity.Sessions;
using Berth.Vocabulary;

namespace Berth.Server.Sts;

/// <summary>What holds for every session of a role, however it is begun.</summary>
internal static class RoleSession
{
    /// <summary>The condition key of a session's source identity, which stays through all that are made from it.</summary>
    public const string SourceIdentity = "aws:SourceIdentity";

    private static readonly TimeSpan DefaultLength = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestChained = TimeSpan.FromHours(1);

    /// <summary>A session of a role for a length; longer than it may be is the fault <see cref="IdentityValidationFailed"/>.</summary>
    /// <param name="rules">The role.</param>
    /// <param name="name">The session's name.</param>
    /// <param name="seconds">The length asked for.</param>
    /// <param name="from">The session that asks, or null.</param>
    public static NewSession Of(RoleRules rules, string name, int? seconds, Session? from)
    {
        var (role, length) = (rules.Role, seconds is { } asked ? TimeSpan.FromSeconds(asked) : DefaultLength);
        if (from is not null && length > LongestChained)
        {
            throw new IdentityValidationFailed("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.").AsException();
        }

        if (length > rules.LongestSession)
        {
            throw new IdentityValidationFailed("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.").AsException();
        }

        var partition = role.Arn.Split(':')[1];
        var arn = $"arn:{partition}:sts::{role.Account}:assumed-role/{role.Name}/{name}";
        return new(new(arn, role.Account, $"{role.Id}:{name}"), role.Id, length) { RegistrationId = from?.RegistrationId };
    }

    /// <summary>The source identity of a session, or null.</summary>
    public static string? SourceIdentityOf(Session? session) =>
        session?.Keys.FirstOrDefault(key => string.Equals(key.Key, SourceIdentity, StringComparison.Ordinal)).Value;
}
