using Berth.Registry;
using Berth.Tests.Gate;
using Berth.Vocabulary;

namespace Berth.Tests.Registry;

public sealed class ResourcePolicyRulesTests
{
    private const string Anybody = "\"*\"";

    [Theory]
    [InlineData("ecr:PutImage")]
    [InlineData("ECR:putimage")]
    [InlineData("ecr:*")]
    [InlineData("*")]
    [InlineData("ecr:Batch*")]
    [InlineData("ecr:ReplicateImage")]
    [InlineData("ecr:?utImage")]
    public void Actions_on_repositories_are_accepted(string action)
    {
        Assert.Single(ResourcePolicyRules.OfRepository.Read(Policies.OfRepository("Allow", Anybody, action)).Statements);
        Assert.Single(ResourcePolicyRules.OfRegistry.Read(Policies.OfRegistry("Allow", Anybody, action, "*")).Statements);
    }

    [Theory]
    [InlineData("ecr:GetAuthorizationToken")]
    [InlineData("ecr:GetAuth*")]
    [InlineData("ecr:PutImages")]
    [InlineData("ecr: PutImage")]
    [InlineData("s3:GetObject")]
    [InlineData("s3:*")]
    [InlineData("ecr-public:*")]
    public void Other_actions_are_refused(string action)
    {
        AssertRefused(ResourcePolicyRules.OfRepository, Policies.OfRepository("Allow", Anybody, action), $"'{action}' is no action on a repository");
        AssertRefused(ResourcePolicyRules.OfRegistry, Policies.OfRegistry("Allow", Anybody, action, "*"), $"'{action}' is no action on a registry");
    }

    [Fact]
    public void An_action_on_registries_stands_in_a_registrys_policy_only()
    {
        AssertRefused(
            ResourcePolicyRules.OfRepository, Policies.OfRepository("Deny", Anybody, "ecr:DescribeRegistry"), "'ecr:DescribeRegistry' is no action on a repository");
        ResourcePolicyRules.OfRegistry.Read(Policies.OfRegistry("Deny", Anybody, "ecr:DescribeRegistry", "*"));
    }

    [Fact]
    public void An_action_that_is_left_out_must_be_one_too() => AssertRefused(
        ResourcePolicyRules.OfRepository,
        """{"Statement":[{"Effect":"Deny","Principal":"*","NotAction":["ecr:PutImage","ecr:GetAuthorizationToken"]}]}""",
        "'ecr:GetAuthorizationToken' is no action on a repository");

    [Theory]
    [InlineData("", "This policy contains invalid Json at $")]
    [InlineData("{}", "Syntax errors in policy. at $")]
    [InlineData("""{"Statement":[]}""", "Syntax errors in policy. at $.Statement")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"ecr:*"}}""", "Missing required field Principal at $.Statement")]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":"*"}}""", "Policy statement must contain actions. at $.Statement")]
    [InlineData("""{"Statement":{"Effect":"Permit","Principal":"*","Action":"ecr:*"}}""", "Syntax errors in policy. at $.Statement.Effect")]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":"*","Action":"PutImage"}}""", "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc. at $.Statement.Action")]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:*"},"Action":"ecr:*"}}""", "Invalid principal in policy: \"AWS\":\"arn:aws:iam::111122223333:*\" at $.Statement.Principal.AWS")]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:group/x"},"Action":"ecr:*"}}""", "Invalid principal in policy: \"AWS\":\"arn:aws:iam::111122223333:group/x\" at $.Statement.Principal.AWS")]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/a*"},"Action":"ecr:*"}}""", "Invalid principal in policy: \"AWS\":\"arn:aws:iam::111122223333:role/a*\" at $.Statement.Principal.AWS")]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":"ann","Action":"ecr:*"}}""", "Syntax errors in policy. at $.Statement.Principal")]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":"*","Action":"ecr:*","Resource":"app"}}""", "Resource app must be in ARN format or \"*\". at $.Statement.Resource")]
    [InlineData("""{"Version":"2026-01-01","Statement":{"Effect":"Allow","Principal":"*","Action":"ecr:*"}}""", "Syntax errors in policy. at $.Version")]
    public void What_is_no_policy_of_a_repository_is_refused_with_what_is_wrong_for_the_log(string text, string reason) =>
        AssertRefused(ResourcePolicyRules.OfRepository, text, reason);

    [Fact]
    public void A_registrys_policy_says_on_which_repositories_it_is() => AssertRefused(
        ResourcePolicyRules.OfRegistry, Policies.OfRepository("Allow", Anybody, "ecr:*"), "Policy statement must contain resources. at $.Statement[0]");

    private static void AssertRefused(ResourcePolicyRules rules, string text, string reason)
    {
        var refused = Assert.IsType<ResourcePolicyInvalid>(Assert.Throws<FaultException>(() => rules.Read(text)).Fault);
        Assert.Equal(reason, refused.Reason);
    }
}
