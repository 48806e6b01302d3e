using System.Globalization;
using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Iam.Simulation;

/// <summary>What both simulations do once it is known whose policies count.</summary>
internal sealed class Simulations(PageTokens tokens)
{
    private const int UsualPage = 100;
    private const string Input = "none";

    /// <summary>The documents of a list of the request, named as IAM names them.</summary>
    public static IEnumerable<PolicySource> SourcesOf(string list, IReadOnlyList<string>? documents) =>
        (documents ?? []).Select((text, index) => new PolicySource(Input, string.Create(CultureInfo.InvariantCulture, $"{list}.{index + 1}"), text));

    /// <summary>Decides the page of actions and resources that is asked for.</summary>
    /// <param name="call">The call.</param>
    /// <param name="input">The request.</param>
    /// <param name="caller">Whose request it is, without what the input says of it.</param>
    /// <param name="known">The condition keys that follow from who it is; those of the input come before them.</param>
    public SimulationAnswer Run(Call call, SimulationInput input, SimulatedCaller caller, IEnumerable<KeyValuePair<string, ContextValue>> known)
    {
        Refuse(input);
        var keys = new Dictionary<string, ContextValue>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in known.Concat((input.ContextEntries ?? []).Select(entry => entry.ToKey())))
        {
            keys[key] = value;
        }

        var simulator = new Simulator(Complete(caller, input), keys);
        string[] question = ["Simulate", call.Caller.Arn, .. input.ActionNames, "", .. input.ResourceArns ?? []];
        var first = tokens.Read(question, input.Marker) is [var place] ? int.Parse(place, CultureInfo.InvariantCulture) : 0;
        var (page, all) = (input.MaxItems ?? UsualPage, Pairs(input));
        var results = all.Skip(first).Take(page).Select(pair => simulator.Evaluate(pair.Action, pair.Resource)).ToList();
        var next = first + results.Count;
        var isTruncated = next < input.ActionNames.Count * Math.Max(1, input.ResourceArns?.Count ?? 1);
        return new(results, isTruncated, isTruncated ? tokens.Issue(question, next.ToString(CultureInfo.InvariantCulture)) : null);
    }

    /// <summary>The account of an ARN; text that is none is the fault <see cref="IdentityInputInvalid"/>.</summary>
    public static string AccountOf(string arn) => arn.Split(':', 6) is ["arn", _, _, _, var account, _] && AccountId.TryParse(account, out _)
        ? account
        : AccountId.TryParse(arn, out _) ? arn : throw new IdentityInputInvalid($"Invalid ARN provided in the request: {arn}").AsException();

    private static IEnumerable<(string Action, string Resource)> Pairs(SimulationInput input) =>
        from action in input.ActionNames
        from resource in input.ResourceArns is { Count: > 0 } resources ? resources : ["*"]
        select (action, resource);

    private static SimulatedCaller Complete(SimulatedCaller caller, SimulationInput input)
    {
        var arn = input.CallerArn ?? caller.CallerArn;
        return caller with
        {
            CallerArn = arn,
            Account = AccountOf(arn),
            Boundary = SourcesOf("PermissionsBoundaryPolicyInputList", input.PermissionsBoundaryPolicyInputList).FirstOrDefault() ?? caller.Boundary,
            ResourcePolicy = input.ResourcePolicy is { } policy ? new("resource", "ResourcePolicy", policy) : null,
            ResourceAccount = input.ResourceOwner is { } owner ? AccountOf(owner) : null,
        };
    }

    private static void Refuse(SimulationInput input)
    {
        if (input.ResourceHandlingOption is not null)
        {
            throw new IdentityInputInvalid("resource handling options are those of instances, which are not simulated here").AsException();
        }

        if (input.PermissionsBoundaryPolicyInputList is { Count: > 1 })
        {
            throw new IdentityInputInvalid("The request must contain only one permissions boundary policy").AsException();
        }
    }
}
