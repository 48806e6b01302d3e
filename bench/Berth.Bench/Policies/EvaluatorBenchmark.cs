using BenchmarkDotNet.Attributes;
using Berth.Policy;
using Berth.Policy.Documents;

namespace Berth.Bench.Policies;

/// <summary>One decision of the policy language alone: a role session with so many statements asks for the last one's repository, or for none's.</summary>
public class EvaluatorBenchmark
{
    private readonly RequestContext context = new(
    [
        new("aws:PrincipalTag/team", ContextValue.One("blue")),
        new("aws:SourceIp", ContextValue.One("10.1.2.3")),
        new("aws:PrincipalArn", ContextValue.One($"arn:aws:iam::{SamplePolicies.Account}:role/ci")),
    ]);

    private ApplicablePolicies policies = ApplicablePolicies.None;
    private AccessRequest allowed = null!;
    private AccessRequest denied = null!;

    [Params(10, 100, 1000)]
    public int Statements { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        policies = new() { Identity = [.. SamplePolicies.Documents(Statements).Select(text => PolicyReader.Read(text, PolicyGrammar.OfIdentity))] };
        allowed = Ask(SamplePolicies.LastRepository(Statements));
        denied = Ask($"arn:aws:ecr:us-east-1:{SamplePolicies.Account}:repository/nobodys");
        if (Allowed().Verdict is not Verdict.Allowed || Denied().Verdict is not Verdict.ImplicitlyDenied)
        {
            throw new InvalidOperationException("the sample does not decide what it is meant to");
        }
    }

    [Benchmark]
    public Decision Allowed() => Evaluator.Decide(allowed, policies);

    [Benchmark]
    public Decision Denied() => Evaluator.Decide(denied, policies);

    private AccessRequest Ask(string resource) => new(
        $"arn:aws:sts::{SamplePolicies.Account}:assumed-role/ci/build-42", SamplePolicies.Account, "ecr:BatchGetImage", resource, SamplePolicies.Account)
    {
        Context = context,
    };
}
