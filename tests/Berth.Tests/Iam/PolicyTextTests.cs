namespace Berth.Tests.Iam;

public sealed class PolicyTextTests : IAsyncLifetime
{
    private IamHost iam = null!;

    public async ValueTask InitializeAsync() => iam = await IamHost.StartAsync();

    public ValueTask DisposeAsync() => iam.DisposeAsync();

    [Theory]
    [InlineData("""{"Version":"2012-10-17"}""", "Syntax errors in policy.")]
    [InlineData("{", "This policy contains invalid Json")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"ecr:*","Resource":"*"}}""", "Policy document must be version 2012-10-17 or greater.")]
    [InlineData(
        """{"Version":"2008-10-17","Statement":{"Effect":"Allow","Action":"ecr:*","Resource":"*"}}""",
        "Policy document must be version 2012-10-17 or greater.")]
    [InlineData(
        """{"Version":"2012-10-17","Statement":{"Sid":"may pull","Effect":"Allow","Action":"ecr:*","Resource":"*"}}""",
        "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*")]
    [InlineData(
        """{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Action":"ecr:*","Resource":"*"},{"Sid":"A","Effect":"Allow","Action":"ecr:*","Resource":"*"}]}""",
        "Statement IDs (SID) in a single policy must be unique.")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Resource":"*"}}""", "Policy statement must contain actions.")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:*"}}""", "Policy statement must contain resources.")]
    [InlineData(
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"pull","Resource":"*"}}""",
        "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.")]
    [InlineData(
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b:c","Resource":"*"}}""", "Actions/Condition can contain only one colon.")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"e cr:*","Resource":"*"}}""", "Vendor e cr is not valid")]
    [InlineData(
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:*","Resource":"repository/app"}}""",
        "Resource repository/app must be in ARN format or \"*\".")]
    [InlineData(
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"ecr:*","Resource":"*"}}""",
        "Policy document should not specify a principal.")]
    public async Task What_is_no_managed_policy_is_refused_in_IAMs_words(string document, string message) => await iam.AssertRefusedAsync(
        "CreatePolicy", (400, "MalformedPolicyDocument", message), ("PolicyName", "pull"), ("PolicyDocument", document));

    [Theory]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}}""", "Has prohibited field Resource.")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole"}}""", "Missing required field Principal")]
    [InlineData(
        """{"Statement":{"Effect":"Allow","Principal":"*","Action":["sts:AssumeRole","ecr:PutImage"]}}""",
        "AssumeRole policy may only specify STS AssumeRole actions.")]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":"*","Action":"*"}}""", "AssumeRole policy may only specify STS AssumeRole actions.")]
    public async Task What_is_no_trust_is_refused_in_IAMs_words(string document, string message) => await iam.AssertRefusedAsync(
        "CreateRole", (400, "MalformedPolicyDocument", message), ("RoleName", "builder"), ("AssumeRolePolicyDocument", document));

    [Theory]
    [InlineData(6144, 200)]
    [InlineData(6145, 409)]
    public async Task A_managed_policy_has_6144_characters_white_space_not_counted(int length, int status)
    {
        const string Rest = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:","Resource":"*"}}""";
        var document = Rest.Replace("ecr:", $"ecr:{new string('a', length - Rest.Length)}", StringComparison.Ordinal) + new string('\n', 1000);

        var reply = await iam.CallAsync("CreatePolicy", ("PolicyName", "pull"), ("PolicyDocument", document));

        Assert.Equal(status, reply.Status);
        Assert.Equal(status is 200 ? null : "Cannot exceed quota for PolicySize: 6144", reply.Find("Message"));
    }

    [Theory]
    [InlineData(2048, 200)]
    [InlineData(2049, 409)]
    public async Task A_trust_has_2048_characters_white_space_not_counted(int length, int status)
    {
        const string Rest = """{"Statement":{"Sid":"","Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}""";
        var document = Rest.Replace("\"Sid\":\"", $"\"Sid\":\"{new string('a', length - Rest.Length)}", StringComparison.Ordinal) + "\n \t";

        var reply = await iam.CallAsync("CreateRole", ("RoleName", "builder"), ("AssumeRolePolicyDocument", document));

        Assert.Equal(status, reply.Status);
        Assert.Equal(status is 200 ? null : "Cannot exceed quota for ACLSizePerRole: 2048", reply.Find("Message"));
    }
}
