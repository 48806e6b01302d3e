using System.Text.Json;
using Berth.Policy;
using Berth.Server.Gate;

namespace Berth.Server.Sts.Shapes;

/// <summary>A decoded message, in the form that STS gives it (STS API Reference, DecodeAuthorizationMessage).</summary>
internal sealed record AuthorizationStatus(
    bool Allowed,
    bool ExplicitDeny,
    AuthorizationStatus.List<AuthorizationStatus.Statement> MatchedStatements,
    AuthorizationStatus.List<string> Failures,
    AuthorizationStatus.Request Context)
{
    /// <summary>What a denial says.</summary>
    public static AuthorizationStatus Of(Denial denial) => new(
        Allowed: false,
        denial.Verdict is Verdict.ExplicitlyDenied,
        new([.. denial.Statements.Select(statement => new Statement(statement.Sid, "DENY", statement.Place))]),
        new([]),
        new(
            new(denial.PrincipalId, denial.PrincipalArn),
            denial.Action,
            denial.Resource,
            new([.. denial.Conditions.Select(pair => new Condition(pair.Key, new([.. pair.Value.Select(value => new Item(value))])))])));

    /// <summary>The text that is answered.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>Lists stand in an object each.</summary>
    internal sealed record List<T>(IReadOnlyList<T> Items);

    /// <summary>A statement that forbade it; its place among the policies is told too, for those without a Sid.</summary>
    internal sealed record Statement(string StatementId, string Effect, string Place);

    /// <summary>What was asked.</summary>
    internal sealed record Request(Principal Principal, string Action, string Resource, List<Condition> Conditions);

    /// <summary>Who asked.</summary>
    internal sealed record Principal(string Id, string Arn);

    /// <summary>A condition key.</summary>
    internal sealed record Condition(string Key, List<Item> Values);

    /// <summary>One value of it.</summary>
    internal sealed record Item(string Value);
}
