using Berth.Policy.Documents;

namespace Berth.Policy.Tests.Documents;

public sealed class PolicyReaderTests
{
    private const string Rest = "\"Effect\":\"Allow\",\"Action\":\"ecr:*\",\"Resource\":\"*\"";

    [Fact]
    public void A_document_keeps_its_names_and_the_order_of_its_statements()
    {
        var document = PolicyReader.Read(
            """
            {"Version":"2012-10-17","Id":"mine","Statement":[
              {"Sid":"Pull","Effect":"Allow","Action":["ecr:BatchGetImage","ecr:Get*"],"Resource":"arn:aws:ecr:*:*:repository/*"},
              {"Effect":"Deny","NotAction":"ecr:*","NotResource":["*"],"Condition":{"Bool":{"aws:SecureTransport":false}}}]}
            """,
            PolicyGrammar.OfIdentity);

        Assert.Equal(("2012-10-17", "mine"), (document.Version, document.Id));
        Assert.Equal(
            [(1, "Pull", Effect.Allow), (2, null, Effect.Deny)],
            document.Statements.Select(statement => (statement.Number, statement.Sid, statement.Effect)));
    }

    [Fact]
    public void A_document_without_a_version_is_of_the_first_and_its_statement_need_not_be_a_list()
    {
        var document = PolicyReader.Read($"{{\"Statement\":{{{Rest}}}}}", PolicyGrammar.OfIdentity);

        Assert.Equal(PolicyDocument.Legacy, document.Version);
        Assert.Single(document.Statements);
    }

    [Theory]
    [InlineData("\"*\"")]
    [InlineData("""{"AWS":"*"}""")]
    [InlineData("""{"AWS":["111111111111","arn:aws:iam::111111111111:root","arn:aws-cn:iam::111111111111:user/team/ann"]}""")]
    [InlineData("""{"AWS":"arn:aws:iam::111111111111:role/team/ci","Service":["ecs.amazonaws.com"]}""")]
    [InlineData("""{"AWS":"arn:aws:sts::111111111111:assumed-role/ci/build-42"}""")]
    [InlineData("""{"AWS":"AROADBQP57FF2AEXAMPLE"}""")]
    [InlineData("""{"Federated":"arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"}""")]
    [InlineData("""{"CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}""")]
    public void Every_form_of_a_principal_is_read(string principal) =>
        Assert.Single(PolicyReader.Read(Naming(principal), PolicyGrammar.OfResource).Statements);

    [Theory]
    [InlineData("\"arn:aws:iam::111111111111:root\"", "Syntax errors in policy.")]
    [InlineData("{}", "Syntax errors in policy.")]
    [InlineData("""{"Group":"x"}""", "Syntax errors in policy.")]
    [InlineData("""{"AWS":"arn:aws:iam::111111111111:*"}""", "Invalid principal in policy: \"AWS\":\"arn:aws:iam::111111111111:*\"")]
    [InlineData("""{"AWS":"arn:aws:iam::111111111111:role/*"}""", "Invalid principal in policy: \"AWS\":\"arn:aws:iam::111111111111:role/*\"")]
    [InlineData("""{"AWS":"arn:aws:iam::111111111111:group/x"}""", "Invalid principal in policy: \"AWS\":\"arn:aws:iam::111111111111:group/x\"")]
    [InlineData("""{"AWS":"ann"}""", "Invalid principal in policy: \"AWS\":\"ann\"")]
    [InlineData("""{"Service":"111111111111"}""", "Invalid principal in policy: \"Service\":\"111111111111\"")]
    [InlineData("""{"Service":"*"}""", "Invalid principal in policy: \"Service\":\"*\"")]
    public void What_names_nobody_is_refused(string principal, string message) =>
        Assert.Equal(message, Refusal(Naming(principal), PolicyGrammar.OfResource).Message);

    [Theory]
    [InlineData("", "This policy contains invalid Json", "$")]
    [InlineData("{", "This policy contains invalid Json", "$")]
    [InlineData("""{"Statement":{"Effect":"Allow","Effect":"Deny"}}""", "This policy contains invalid Json", "$")]
    [InlineData("""{"Id":"\ud800","Statement":[]}""", "This policy contains invalid Json", "$")]
    [InlineData("[]", "Syntax errors in policy.", "$")]
    [InlineData("{}", "Syntax errors in policy.", "$")]
    [InlineData("""{"Statement":[]}""", "Syntax errors in policy.", "$.Statement")]
    [InlineData("""{"Version":"2012-10-18","Statement":[]}""", "Syntax errors in policy.", "$.Version")]
    [InlineData("""{"Statements":[]}""", "Syntax errors in policy.", "$.Statements")]
    [InlineData("""{"Statement":[{"Effect":"Maybe"}]}""", "Syntax errors in policy.", "$.Statement[0].Effect")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Actoin":"*"}]}""", "Syntax errors in policy.", "$.Statement[0].Actoin")]
    [InlineData("""{"Statement":{"Effect":"Allow","Resource":"*"}}""", "Policy statement must contain actions.", "$.Statement")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":[],"Resource":"*"}}""", "Policy statement must contain actions.", "$.Statement.Action")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"*","NotAction":"*"}}""", "Syntax errors in policy.", "$.Statement.NotAction")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"*"}}""", "Policy statement must contain resources.", "$.Statement")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"*","Resource":["*",7]}}""", "Syntax errors in policy.", "$.Statement.Resource[1]")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"*","Resource":"app"}}""", "Resource app must be in ARN format or \"*\".", "$.Statement.Resource")]
    [InlineData(
        """{"Statement":{"Effect":"Allow","Action":"PutImage","Resource":"*"}}""",
        "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
        "$.Statement.Action")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"ecr:Put:Image","Resource":"*"}}""", "Actions/Condition can contain only one colon.", "$.Statement.Action")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"e_r:Put","Resource":"*"}}""", "Vendor e_r is not valid", "$.Statement.Action")]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}""", "Policy document should not specify a principal.", "$.Statement.Principal")]
    [InlineData(
        """{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringLikes":{"aws:username":"a"}}}}""",
        "Syntax errors in policy.",
        "$.Statement.Condition.StringLikes.aws:username")]
    [InlineData(
        """{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringLike":{"username":"a"}}}}""",
        "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
        "$.Statement.Condition.StringLike.username")]
    [InlineData(
        """{"Statement":[{"Sid":"a","Effect":"Allow","Action":"*","Resource":"*"},{"Sid":"a","Effect":"Deny","Action":"*","Resource":"*"}]}""",
        "Statement IDs (SID) in a single policy must be unique.",
        "$.Statement[1]")]
    public void A_malformed_document_is_refused_with_what_is_wrong_and_where(string text, string message, string path)
    {
        var refusal = Refusal(text, PolicyGrammar.OfIdentity);

        Assert.Equal((message, path), (refusal.Message, refusal.Path));
    }

    [Fact]
    public void A_trust_policy_says_who_and_never_on_what()
    {
        const string Trust = """{"Statement":{"Effect":"Allow","Principal":{"AWS":"111111111111"},"Action":"sts:AssumeRole"}}""";

        Assert.Single(PolicyReader.Read(Trust, PolicyGrammar.OfTrust).Statements);
        Assert.Equal("Has prohibited field Resource.", Refusal(Trust.Insert(Trust.Length - 2, ",\"Resource\":\"*\""), PolicyGrammar.OfTrust).Message);
        Assert.Equal("Missing required field Principal", Refusal("""{"Statement":{"Effect":"Allow","Action":"sts:*"}}""", PolicyGrammar.OfTrust).Message);
    }

    [Fact]
    public void A_document_longer_or_deeper_than_any_policy_is_refused()
    {
        var padding = new string(' ', PolicyReader.MaxLength);
        var depth = string.Concat(Enumerable.Repeat("[", 1000)) + string.Concat(Enumerable.Repeat("]", 1000));

        Assert.Equal("Syntax errors in policy.", Refusal($"{padding}{{\"Statement\":{{{Rest}}}}}", PolicyGrammar.OfIdentity).Message);
        Assert.Equal("This policy contains invalid Json", Refusal($"{{\"Statement\":{depth}}}", PolicyGrammar.OfIdentity).Message);
    }

    private static string Naming(string principal) => $"{{\"Statement\":{{\"Principal\":{principal},{Rest}}}}}";

    private static PolicyFormatException Refusal(string text, PolicyGrammar grammar) =>
        Assert.Throws<PolicyFormatException>(() => PolicyReader.Read(text, grammar));
}
