using Berth.Server.Commands;
using Berth.Server.Hosting;

namespace Berth.Tests.Commands;

public sealed class PolicyCommandTests
{
    private const string Case =
        """{"principalArn":"arn:aws:iam::111111111111:user/ann","principalAccount":"111111111111","action":"ecr:PutImage","resourceArn":"arn:aws:ecr:us-east-1:111111111111:repository/app","resourceAccount":"111111111111","identityPolicies":[{"Statement":[{"Sid":"Push","Effect":"Allow","Action":"ecr:Put*","Resource":"*"}]}]}""";

    private static readonly string Refused = Case.Replace("ecr:PutImage", "ecr:ListImages", StringComparison.Ordinal);

    [Fact]
    public async Task Each_case_is_answered_with_one_line() => Assert.Equal(
        """
        {"decision":"Allowed","reasons":["Identity policy 1, statement 1 (Push)"],"message":""}
        {"decision":"ImplicitlyDenied","reasons":[],"message":"User: arn:aws:iam::111111111111:user/ann is not authorized to perform: ecr:ListImages on resource: arn:aws:ecr:us-east-1:111111111111:repository/app because no identity-based policy allows the ecr:ListImages action"}

        """,
        await SimulateAsync($"{Case}\n{Refused}\n", forPeople: false));

    [Fact]
    public async Task People_read_who_may_do_what_and_why() => Assert.Equal(
        """
        Allowed: arn:aws:iam::111111111111:user/ann ecr:PutImage arn:aws:ecr:us-east-1:111111111111:repository/app
          Identity policy 1, statement 1 (Push)

        """,
        await SimulateAsync(Case, forPeople: true));

    [Theory]
    [InlineData("{", "line 2: not a JSON object (at $)")]
    [InlineData("{}", "line 2: missing (at $.principalArn)")]
    public async Task What_is_no_case_ends_it_with_the_number_of_the_line(string line, string message)
    {
        var refusal = await Assert.ThrowsAsync<ConfigurationException>(() => SimulateAsync($"{Case}\n{line}\n{Case}", forPeople: false));

        Assert.Equal(message, refusal.Message);
    }

    [Fact]
    public async Task A_malformed_policy_is_refused_with_the_place_of_its_fault()
    {
        var line = Case.Replace("\"Allow\"", "\"allow\"", StringComparison.Ordinal);

        var refusal = await Assert.ThrowsAsync<ConfigurationException>(() => SimulateAsync(line, forPeople: false));

        Assert.Equal("line 1: Syntax errors in policy. (at $.identityPolicies[0].Statement[0].Effect)", refusal.Message);
    }

    private static async Task<string> SimulateAsync(string cases, bool forPeople)
    {
        using var input = new StringReader(cases);
        await using var output = new StringWriter();
        await PolicyCommand.SimulateAsync(input, output, forPeople, TestContext.Current.CancellationToken);
        return output.ToString();
    }
}
