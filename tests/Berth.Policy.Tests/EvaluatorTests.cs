using Berth.Policy.Documents;

namespace Berth.Policy.Tests;

public sealed class EvaluatorTests
{
    private const string Root = "arn:aws:iam::111111111111:root";
    private const string Ann = "arn:aws:iam::111111111111:user/ann";
    private const string Role = "arn:aws:iam::111111111111:role/team/ci";
    private const string Session = "arn:aws:sts::111111111111:assumed-role/ci/build-42";
    private const string Own = "111111111111";
    private const string Other = "222222222222";

    private static readonly PolicyDocument AllowsAll = Policy("Allow");
    private static readonly PolicyDocument AllowsOther = Policy("Allow", "s3:*");
    private static readonly PolicyDocument DeniesAll = Policy("Deny");

    [Fact]
    public void The_root_may_do_everything_with_what_its_account_owns() =>
        Assert.Equal((Verdict.Allowed, ""), Decide(Root, Own, ApplicablePolicies.None));

    [Theory]
    [InlineData(Ann)]
    [InlineData("arn:aws:iam::111111111111:user/:root")]
    [InlineData("arn:aws:iam::222222222222:root")]
    [InlineData("arn:aws:sts::111111111111:assumed-role/root/root")]
    public void Nobody_else_of_the_account_is_granted_anything(string principal) =>
        Assert.Equal(
            (Verdict.ImplicitlyDenied, "because no identity-based policy allows the ecr:PutImage action"),
            Decide(principal, Own, ApplicablePolicies.None));

    [Theory]
    [InlineData(Root)]
    [InlineData(Ann)]
    public void What_another_account_owns_takes_a_policy_of_the_resource(string principal) =>
        Assert.Equal(
            (Verdict.ImplicitlyDenied, "because no resource-based policy allows the ecr:PutImage action"),
            Decide(principal, Other, new() { Identity = [AllowsAll] }));

    [Fact]
    public void The_root_is_bound_by_what_denies() =>
        Assert.Equal(
            (Verdict.ExplicitlyDenied, "with an explicit deny in a resource-based policy"),
            Decide(Root, Own, new() { Resource = [ResourcePolicy("Deny", "\"*\"")] }));

    [Fact]
    public void A_denial_names_the_first_kind_of_policy_that_denies()
    {
        var all = new ApplicablePolicies
        {
            ServiceControl = [[DeniesAll]],
            ResourceControl = [[DeniesAll]],
            Endpoint = ResourcePolicy("Deny", "\"*\""),
            Resource = [ResourcePolicy("Deny", "\"*\"")],
            Boundary = DeniesAll,
            Session = [DeniesAll],
            Identity = [DeniesAll],
        };

        AssertNames("with an explicit deny in a service control policy", all);
        AssertNames("with an explicit deny in a resource control policy", all = all with { ServiceControl = [] });
        AssertNames("with an explicit deny in a VPC endpoint policy", all = all with { ResourceControl = [] });
        AssertNames("with an explicit deny in a resource-based policy", all = all with { Endpoint = null });
        AssertNames("with an explicit deny in the role trust policy", all with { ResourceSide = ResourceSide.Trust });
        AssertNames("with an explicit deny in a permissions boundary", all = all with { Resource = [] });
        AssertNames("with an explicit deny in a session policy", all = all with { Boundary = null });
        AssertNames("with an explicit deny in an identity-based policy", all with { Session = null });
    }

    [Fact]
    public void Without_a_deny_it_names_the_first_that_would_have_to_allow()
    {
        var none = new ApplicablePolicies
        {
            ServiceControl = [[AllowsAll], [AllowsOther]],
            ResourceControl = [[AllowsOther]],
            Endpoint = ResourcePolicy("Allow", "\"*\"", "s3:*"),
            Boundary = AllowsOther,
            Session = [AllowsOther],
            Identity = [AllowsOther],
        };

        AssertNames("because no service control policy allows the ecr:PutImage action", none);
        AssertNames("because no resource control policy allows the ecr:PutImage action", none = none with { ServiceControl = [] });
        AssertNames("because no VPC endpoint policy allows the ecr:PutImage action", none = none with { ResourceControl = [] });
        AssertNames("because no identity-based policy allows the ecr:PutImage action", none = none with { Endpoint = null });
        AssertNames("because no permissions boundary allows the ecr:PutImage action", none = none with { Identity = [AllowsAll] });
        AssertNames("because no session policy allows the ecr:PutImage action", none = none with { Boundary = null });
        AssertNames("", none with { Session = [AllowsOther, AllowsAll] });
        AssertNames("because no role trust policy allows the ecr:PutImage action", none with { ResourceSide = ResourceSide.Trust });
    }

    [Theory]
    [InlineData("\"*\"", Verdict.Allowed)]
    [InlineData("{\"AWS\":\"" + Session + "\"}", Verdict.Allowed)]
    [InlineData("{\"AWS\":\"" + Role + "\"}", Verdict.ImplicitlyDenied)]
    [InlineData("{\"AWS\":\"arn:aws:iam::111111111111:role/ci\"}", Verdict.ImplicitlyDenied)]
    [InlineData("{\"AWS\":\"111111111111\"}", Verdict.ImplicitlyDenied)]
    public void A_session_is_past_its_boundary_where_the_resource_names_it_and_not_its_role(string principal, Verdict verdict)
    {
        var policies = new ApplicablePolicies { Resource = [ResourcePolicy("Allow", principal)], Boundary = AllowsOther };

        Assert.Equal(verdict, Decide(Session, Own, policies).Verdict);
    }

    [Fact]
    public void A_role_named_by_the_resource_needs_no_grant_of_its_own() =>
        Assert.Equal(Verdict.Allowed, Decide(Session, Own, new() { Resource = [ResourcePolicy("Allow", $"{{\"AWS\":\"{Role}\"}}")] }).Verdict);

    [Theory]
    [InlineData("111111111111", true, Verdict.Allowed)]
    [InlineData("111111111111", false, Verdict.ImplicitlyDenied)]
    [InlineData(Role, true, Verdict.Allowed)]
    [InlineData(Role, false, Verdict.ImplicitlyDenied)]
    [InlineData("arn:aws:iam::333333333333:root", true, Verdict.ImplicitlyDenied)]
    public void Across_accounts_both_sides_must_allow(string principal, bool hasGrant, Verdict verdict)
    {
        var policies = new ApplicablePolicies
        {
            Resource = [ResourcePolicy("Allow", $"{{\"AWS\":\"{principal}\"}}")],
            Identity = hasGrant ? [AllowsAll] : [],
        };

        Assert.Equal(verdict, Decide(Session, Other, policies).Verdict);
    }

    [Theory]
    [InlineData($"\"{Session}\",\"{Role}\",\"{Root}\"", false, Verdict.Allowed)]
    [InlineData($"\"{Session}\",\"{Role}\",\"{Root}\"", true, Verdict.ExplicitlyDenied)]
    [InlineData($"\"{Session}\",\"{Role}\"", false, Verdict.ExplicitlyDenied)]
    [InlineData($"\"{Session}\",\"{Root}\"", false, Verdict.ExplicitlyDenied)]
    [InlineData($"\"{Root}\"", false, Verdict.ExplicitlyDenied)]
    public void Only_who_is_listed_at_every_level_escapes_a_deny_of_everybody_else(string listed, bool hasBoundary, Verdict verdict)
    {
        var policies = new ApplicablePolicies
        {
            Identity = [AllowsAll],
            Boundary = hasBoundary ? AllowsAll : null,
            Resource = [PolicyReader.Read($$"""{"Statement":[{"Effect":"Deny","NotPrincipal":{"AWS":[{{listed}}]},"Action":"*"}]}""", PolicyGrammar.OfResource)],
        };

        Assert.Equal(verdict, Decide(Session, Own, policies).Verdict);
    }

    [Fact]
    public void A_service_needs_the_resource_s_policy_and_nothing_else()
    {
        const string Service = "replication.ecr.amazonaws.com";

        Assert.Equal(Verdict.Allowed, Decide(Service, Own, new() { Resource = [ResourcePolicy("Allow", $"{{\"Service\":\"{Service}\"}}")] }).Verdict);
        Assert.Equal(Verdict.ImplicitlyDenied, Decide(Service, Own, new() { Resource = [ResourcePolicy("Allow", "{\"AWS\":\"111111111111\"}")] }).Verdict);
    }

    [Fact]
    public void A_reason_says_which_statement_of_which_policy()
    {
        var named = PolicyReader.Read(
            """{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Sid":"Push","Effect":"Allow","Action":"ecr:*","Resource":"*"}]}""",
            PolicyGrammar.OfIdentity);

        var decision = Evaluator.Decide(Request(Ann, Own), new() { Identity = [AllowsOther, named] });

        Assert.Equal("Identity policy 2, statement 2 (Push)", Assert.Single(decision.Reasons).ToString());
    }

    private static void AssertNames(string because, ApplicablePolicies policies) => Assert.Equal(because, Decide(Ann, Own, policies).Because);

    private static (Verdict Verdict, string Because) Decide(string principal, string owner, ApplicablePolicies policies) =>
        Evaluator.Decide(Request(principal, owner), policies) is var decision ? (decision.Verdict, decision.Because) : default;

    private static AccessRequest Request(string principal, string owner) =>
        new(principal, Own, "ecr:PutImage", $"arn:aws:ecr:us-east-1:{owner}:repository/app", owner)
        {
            Context = principal is Session ? new([new("aws:PrincipalArn", ContextValue.One(Role))]) : RequestContext.Empty,
        };

    private static PolicyDocument Policy(string effect, string action = "*") => PolicyReader.Read(
        $$"""{"Statement":[{"Effect":"{{effect}}","Action":"{{action}}","Resource":"*"}]}""", PolicyGrammar.OfIdentity);

    private static PolicyDocument ResourcePolicy(string effect, string principal, string action = "*") => PolicyReader.Read(
        $$"""{"Statement":[{"Effect":"{{effect}}","Principal":{{principal}},"Action":"{{action}}"}]}""", PolicyGrammar.OfResource);
}
