using System.Text.Json.Nodes;
using Berth.Acceptance.Clients;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

/// <summary>What CDK synthesizes is deployed by `aws cloudformation deploy`: made, replaced, and taken back when it fails.</summary>
public sealed class CdkStackTests(Server server) : Journey(server), IClassFixture<Server>
{
    private const string Stack = "service";

    private Stacks Stacks => field ??= new(Aws);

    [Fact]
    public async Task A_stack_is_made_then_replaces_its_repository_and_takes_a_failing_update_back()
    {
        (await DeployAsync(Stacks.Template("cdk.json"))).Succeeded();
        Assert.Equal("CREATE_COMPLETE", await Stacks.SettleAsync(Stack));
        Assert.Equal("123456789012.dkr.ecr.us-east-1.amazonaws.com/service", await OutputAsync("RepositoryUri"));
        var made = (await Aws.EcrAsync("describe-repositories")).GetProperty("repositories")[0];
        Assert.Equal(("service", "IMMUTABLE"), (made.GetProperty("repositoryName").GetString(), made.GetProperty("imageTagMutability").GetString()));
        Assert.Contains("\"rulePriority\":2", (await Aws.EcrAsync("get-lifecycle-policy", "--repository-name", "service")).GetProperty("lifecyclePolicyText").GetString(), StringComparison.Ordinal);
        var role = await Stacks.PhysicalIdAsync(Stack, "PullerE4F5A6B7");
        Assert.Matches(@"\Aservice-PullerE4F5A6B7-[A-Z0-9a-z]{12,13}\z", role);

        (await DeployAsync(Stacks.Template("cdk.json"))).Succeeded();
        Assert.Equal("CREATE_COMPLETE", await Stacks.SettleAsync(Stack));

        (await DeployAsync(Stacks.Template("cdk.json"), "--parameter-overrides", "RepositoryName=renamed")).Succeeded();
        Assert.Equal("UPDATE_COMPLETE", await Stacks.SettleAsync(Stack));
        Assert.Equal("123456789012.dkr.ecr.us-east-1.amazonaws.com/renamed", await OutputAsync("RepositoryUri"));
        Assert.Equal(["renamed", "service"], await RepositoriesAsync());
        Assert.Equal(role, await Stacks.PhysicalIdAsync(Stack, "PullerE4F5A6B7"));

        Assert.Contains("Failed to create/update the stack", (await DeployAsync(Broken())).Refused(), StringComparison.Ordinal);
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await Stacks.SettleAsync(Stack));
        Assert.Contains(await Stacks.ReasonsAsync(Stack), reason => reason.Contains("arn:aws:iam::123456789012:policy/absent", StringComparison.Ordinal));
        Assert.Equal("platform", (await TagsAsync())["team"]);
        Assert.Equal(["renamed", "service"], await RepositoriesAsync());
    }

    private Task<Outcome> DeployAsync(string template, params IEnumerable<string> more) => Aws.TryAsync(
        "cloudformation", "deploy", ["--template-file", template, "--stack-name", Stack, "--capabilities", "CAPABILITY_IAM", "--no-fail-on-empty-changeset", .. more]);

    /// <summary>The template with a change that can be made, and after it one that cannot.</summary>
    private string Broken()
    {
        var template = JsonNode.Parse(File.ReadAllText(Stacks.Template("cdk.json")))!;
        var resources = template["Resources"]!;
        resources["Images5A1B2C3D"]!["Properties"]!["Tags"]![0]!["Value"] = "another";
        resources["PullerE4F5A6B7"]!["Properties"]!["ManagedPolicyArns"] = new JsonArray("arn:aws:iam::123456789012:policy/absent");
        resources["PullerE4F5A6B7"]!["DependsOn"] = "Images5A1B2C3D";
        return Desk.Home.Write("broken.json", template.ToJsonString());
    }

    private async Task<string?> OutputAsync(string name) => (await Stacks.FindAsync(Stack)).GetProperty("Outputs").EnumerateArray()
        .Single(output => output.GetProperty("OutputKey").ValueEquals(name)).GetProperty("OutputValue").GetString();

    private async Task<string[]> RepositoriesAsync() =>
        [.. (await Aws.EcrAsync("describe-repositories")).GetProperty("repositories").EnumerateArray().Select(one => one.GetProperty("repositoryName").GetString()!).Order(StringComparer.Ordinal)];

    private async Task<Dictionary<string, string?>> TagsAsync() =>
        (await Aws.EcrAsync("list-tags-for-resource", "--resource-arn", "arn:aws:ecr:us-east-1:123456789012:repository/renamed")).GetProperty("tags").EnumerateArray()
            .ToDictionary(tag => tag.GetProperty("Key").GetString()!, tag => tag.GetProperty("Value").GetString(), StringComparer.Ordinal);
}
