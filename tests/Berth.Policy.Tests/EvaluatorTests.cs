namespace Berth.Policy.Tests;

public sealed class EvaluatorTests
{
    private const string Root = "arn:aws:iam::111111111111:root";
    private const string Action = "ecr:PutImage";

    [Fact]
    public void The_root_may_do_everything_with_what_its_account_owns() =>
        Assert.Equal((Verdict.Allowed, ""), Decide(Root, owner: "111111111111"));

    [Theory]
    [InlineData("arn:aws:iam::111111111111:user/ann")]
    [InlineData("arn:aws:iam::111111111111:user/:root")]
    [InlineData("arn:aws:iam::222222222222:root")]
    [InlineData("arn:aws:sts::111111111111:assumed-role/root/root")]
    public void Nobody_else_of_the_account_is_granted_anything(string principal) =>
        Assert.Equal(
            (Verdict.ImplicitlyDenied, "because no identity-based policy allows the ecr:PutImage action"),
            Decide(principal, owner: "111111111111"));

    [Fact]
    public void What_another_account_owns_takes_a_policy_of_the_resource() =>
        Assert.Equal(
            (Verdict.ImplicitlyDenied, "because no resource-based policy allows the ecr:PutImage action"),
            Decide(Root, owner: "222222222222"));

    private static (Verdict Verdict, string Because) Decide(string principal, string owner)
    {
        var request = new AccessRequest(principal, "111111111111", Action, $"arn:aws:ecr:us-east-1:{owner}:repository/app", owner);
        var decision = Evaluator.Decide(request, ApplicablePolicies.None);
        return (decision.Verdict, decision.Because);
    }
}
