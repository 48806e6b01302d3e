namespace Berth.Tests.Iam;

public sealed class SimulationTests : IAsyncLifetime
{
    private const string App = "arn:aws:ecr:us-east-1:123456789012:repository/app";

    private const string Pull =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:BatchGetImage","Resource":"arn:aws:ecr:*:*:repository/app","Condition":{"StringEquals":{"aws:PrincipalTag/team":"blue"}}}]}""";

    private const string NeverDelete =
        """
        {"Version":"2012-10-17",
         "Statement":{"Effect":"Deny","Action":"ecr:Delete*","Resource":"*"}}
        """;

    private IamHost host = null!;

    public async ValueTask InitializeAsync() => host = await IamHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Every_action_is_decided_on_every_resource_and_says_by_which_statement()
    {
        var reply = await host.DoAsync(
            "SimulateCustomPolicy",
            ("PolicyInputList.member.1", Pull),
            ("PolicyInputList.member.2", NeverDelete),
            ("ActionNames.member.1", "ecr:BatchGetImage"),
            ("ActionNames.member.2", "ecr:DeleteRepository"),
            ("ResourceArns.member.1", App),
            ("ContextEntries.member.1.ContextKeyName", "aws:PrincipalTag/team"),
            ("ContextEntries.member.1.ContextKeyType", "string"),
            ("ContextEntries.member.1.ContextKeyValues.member.1", "blue"));

        Assert.Equal(
            "<EvaluationResults>"
                + $"<member><EvalActionName>ecr:BatchGetImage</EvalActionName><EvalResourceName>{App}</EvalResourceName><EvalDecision>allowed</EvalDecision>"
                + "<MatchedStatements><member><SourcePolicyId>PolicyInputList.1</SourcePolicyId><SourcePolicyType>none</SourcePolicyType>"
                + "<StartPosition><Line>1</Line><Column>38</Column></StartPosition><EndPosition><Line>1</Line><Column>191</Column></EndPosition></member></MatchedStatements>"
                + "<MissingContextValues /></member>"
                + $"<member><EvalActionName>ecr:DeleteRepository</EvalActionName><EvalResourceName>{App}</EvalResourceName><EvalDecision>explicitDeny</EvalDecision>"
                + "<MatchedStatements><member><SourcePolicyId>PolicyInputList.2</SourcePolicyId><SourcePolicyType>none</SourcePolicyType>"
                + "<StartPosition><Line>2</Line><Column>14</Column></StartPosition><EndPosition><Line>2</Line><Column>69</Column></EndPosition></member></MatchedStatements>"
                + "<MissingContextValues /></member>"
                + "</EvaluationResults><IsTruncated>false</IsTruncated>",
            reply.Result);
    }

    [Fact]
    public async Task A_key_that_a_policy_asks_for_and_nobody_gave_is_named_as_missing()
    {
        var reply = await host.DoAsync("SimulateCustomPolicy", ("PolicyInputList.member.1", Pull), ("ActionNames.member.1", "ecr:BatchGetImage"), ("ResourceArns.member.1", App));

        Assert.Equal(("implicitDeny", "aws:PrincipalTag/team"), (reply.Get("EvalDecision"), reply.Get("MissingContextValues")));
    }

    [Fact]
    public async Task A_boundary_takes_away_what_it_does_not_allow_and_says_so()
    {
        var reply = await host.DoAsync(
            "SimulateCustomPolicy",
            ("PolicyInputList.member.1", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"""),
            ("PermissionsBoundaryPolicyInputList.member.1", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:Get*","Resource":"*"}}"""),
            ("ActionNames.member.1", "ecr:GetAuthorizationToken"),
            ("ActionNames.member.2", "ecr:PutImage"));

        Assert.Equal("allowed implicitDeny", string.Join(' ', reply.All("EvalDecision")));
        Assert.Equal("true false", string.Join(' ', reply.All("AllowedByPermissionsBoundary")));
    }

    [Fact]
    public async Task A_policy_of_the_resource_counts_across_accounts_only_with_one_of_the_caller()
    {
        (string, string)[] asked =
        [
            ("ActionNames.member.1", "ecr:BatchGetImage"),
            ("ResourceArns.member.1", "arn:aws:ecr:us-east-1:999999999999:repository/app"),
            ("CallerArn", "arn:aws:iam::123456789012:user/ann"),
            ("ResourcePolicy", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:user/ann"},"Action":"ecr:*"}}"""),
        ];

        var alone = await host.DoAsync("SimulateCustomPolicy", [.. asked, ("PolicyInputList.member.1", NeverDelete)]);
        var both = await host.DoAsync(
            "SimulateCustomPolicy",
            [.. asked, ("PolicyInputList.member.1", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:*","Resource":"*"}}""")]);

        Assert.Equal(("implicitDeny", "allowed"), (alone.Get("EvalDecision"), both.Get("EvalDecision")));
    }

    [Fact]
    public async Task A_long_answer_comes_in_pages_that_make_up_the_whole()
    {
        (string, string)[] asked =
            [("PolicyInputList.member.1", NeverDelete), .. Enumerable.Range(1, 5).Select(i => ($"ActionNames.member.{i}", $"ecr:Delete{i}")), ("MaxItems", "2")];
        var (actions, marker) = (new List<string>(), (string?)null);
        do
        {
            var reply = await host.DoAsync("SimulateCustomPolicy", marker is null ? asked : [.. asked, ("Marker", marker)]);
            actions.AddRange(reply.All("EvalActionName"));
            marker = reply.Find("Marker");
            Assert.Equal(marker is not null, reply.Get("IsTruncated") is "true");
        }
        while (marker is not null);

        Assert.Equal("ecr:Delete1 ecr:Delete2 ecr:Delete3 ecr:Delete4 ecr:Delete5", string.Join(' ', actions));
    }

    [Theory]
    [InlineData("arn:aws:sts::123456789012:assumed-role/ci/build", 400, "InvalidInput", "Invalid ARN provided in the request: arn:aws:sts::123456789012:assumed-role/ci/build")]
    [InlineData("arn:aws:iam::123456789012:role/nobody", 404, "NoSuchEntity", "The role with name nobody cannot be found.")]
    [InlineData("arn:aws:iam::999999999999:role/foreign", 403, "AccessDenied", "User: arn:aws:iam::123456789012:root is not authorized to perform: iam:SimulatePrincipalPolicy on resource: arn:aws:iam::999999999999:role/foreign because no resource-based policy allows the iam:SimulatePrincipalPolicy action")]
    public Task Whoever_is_no_principal_of_the_account_is_not_simulated(string arn, int status, string code, string message) => host.AssertRefusedAsync(
        "SimulatePrincipalPolicy", (status, code, message), ("PolicySourceArn", arn), ("ActionNames.member.1", "ecr:PutImage"));

    [Fact]
    public async Task A_text_that_is_no_policy_is_refused()
    {
        await host.AssertRefusedAsync(
            "SimulateCustomPolicy",
            (400, "MalformedPolicyDocument", "This policy contains invalid Json"),
            ("PolicyInputList.member.1", "{"),
            ("ActionNames.member.1", "ecr:PutImage"));
        await host.AssertRefusedAsync(
            "GetContextKeysForCustomPolicy", (400, "MalformedPolicyDocument", "This policy contains invalid Json"), ("PolicyInputList.member.1", "{"));
    }

    [Fact]
    public Task A_policy_that_is_wrong_somewhere_is_refused_with_the_place() => host.AssertRefusedAsync(
        "SimulateCustomPolicy",
        (400, "MalformedPolicyDocument", "Syntax errors in policy. (at $.Statement[0].Effekt)"),
        ("PolicyInputList.member.1", """{"Version":"2012-10-17","Statement":[{"Effekt":"Allow","Action":"*","Resource":"*"}]}"""),
        ("ActionNames.member.1", "ecr:PutImage"));

    [Fact]
    public async Task The_keys_that_documents_ask_for_are_named()
    {
        var reply = await host.DoAsync(
            "GetContextKeysForCustomPolicy",
            ("PolicyInputList.member.1", Pull),
            ("PolicyInputList.member.2", Pull.Replace("repository/app", "repository/${aws:username}", StringComparison.Ordinal)));

        Assert.Equal("<ContextKeyNames><member>aws:PrincipalTag/team</member><member>aws:username</member></ContextKeyNames>", reply.Result);
    }
}
