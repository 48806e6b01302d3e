using System.Globalization;
using System.Text.Json;

namespace Berth.Tests.Ecr;

/// <summary>The three operations on exclusions, in ECR's own words.</summary>
public sealed class PullTimeExclusionTests : IAsyncLifetime
{
    private const string Scanner = "arn:aws:iam::123456789012:role/security/scanner";

    private EcrHost ecr = null!;

    public async ValueTask InitializeAsync() => ecr = await EcrHost.StartAsync();

    public ValueTask DisposeAsync() => ecr.DisposeAsync();

    [Fact]
    public async Task A_principal_is_excluded_listed_and_counted_again()
    {
        Assert.Equal("""{"pullTimeUpdateExclusions":[]}""", await ListAsync());

        var registered = await ecr.CallAsync("RegisterPullTimeUpdateExclusion", new { principalArn = Scanner });

        Assert.Equal((200, $$"""{"principalArn":"{{Scanner}}","createdAt":1768478400}"""), (registered.Status, registered.Body));
        Assert.Equal($$"""{"pullTimeUpdateExclusions":["{{Scanner}}"]}""", await ListAsync());
        Assert.Equal("""{"pullTimeUpdateExclusions":[]}""", await ListAsync("eu-central-1"));
        var deregistered = await ecr.CallAsync("DeregisterPullTimeUpdateExclusion", new { principalArn = Scanner });
        Assert.Equal((200, $$"""{"principalArn":"{{Scanner}}"}"""), (deregistered.Status, deregistered.Body));
        Assert.Equal("""{"pullTimeUpdateExclusions":[]}""", await ListAsync());
    }

    [Fact]
    public async Task A_principal_is_excluded_once()
    {
        await ecr.DoAsync("RegisterPullTimeUpdateExclusion", new { principalArn = Scanner });

        await ecr.AssertRefusedAsync(
            "RegisterPullTimeUpdateExclusion", new { principalArn = Scanner },
            "ExclusionAlreadyExistsException",
            $"The pull time update exclusion for the principal '{Scanner}' already exists in the registry with id '123456789012'");
    }

    [Fact]
    public async Task A_principal_that_is_not_excluded_cannot_be_counted_again() => await ecr.AssertRefusedAsync(
        "DeregisterPullTimeUpdateExclusion", new { principalArn = Scanner },
        "ExclusionNotFoundException",
        $"The pull time update exclusion for the principal '{Scanner}' does not exist in the registry with id '123456789012'");

    [Theory]
    [InlineData("arn:aws:iam::123456789012:root")]
    [InlineData("arn:aws:iam::123456789012:group/all")]
    [InlineData("arn:aws:sts::123456789012:assumed-role/scanner/work")]
    [InlineData("arn:aws:iam::123456789012:role/*")]
    [InlineData("arn:aws:iam::1234:role/scanner")]
    [InlineData("scanner")]
    public async Task Only_users_and_roles_can_be_excluded(string principal)
    {
        foreach (var operation in EcrHost.Texts("RegisterPullTimeUpdateExclusion", "DeregisterPullTimeUpdateExclusion"))
        {
            var refused = await ecr.CallAsync(operation, new { principalArn = principal });

            Assert.Equal((400, "InvalidParameterException"), (refused.Status, refused.Code));
            Assert.Contains(@"(role|user)/[\w+=,.@-]+(/[\w+=,.@-]+)*$", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_registry_excludes_a_hundred_and_lists_them_page_by_page()
    {
        for (var number = 0; number < 100; number++)
        {
            await ecr.DoAsync("RegisterPullTimeUpdateExclusion", new { principalArn = Role(number) });
        }

        await ecr.AssertRefusedAsync(
            "RegisterPullTimeUpdateExclusion", new { principalArn = Scanner },
            "LimitExceededException",
            "The registry with id '123456789012' already has the maximum allowed number of pull time update exclusions which is '100'");

        var seen = new List<string>();
        string? token = null;
        do
        {
            var page = await ecr.DoAsync("ListPullTimeUpdateExclusions", new { maxResults = 40, nextToken = token });
            seen.AddRange(page.GetProperty("pullTimeUpdateExclusions").EnumerateArray().Select(arn => arn.GetString()!));
            token = page.TryGetProperty("nextToken", out var next) ? next.GetString() : null;
        }
        while (token is not null);

        Assert.Equal(Enumerable.Range(0, 100).Select(Role), seen, StringComparer.Ordinal);
        Assert.False((await ecr.DoAsync("ListPullTimeUpdateExclusions", new { })).TryGetProperty("nextToken", out JsonElement _));
    }

    private async Task<string> ListAsync(string region = "us-east-1") =>
        (await ecr.CallAsync("ListPullTimeUpdateExclusions", new { }, region)).Body;

    private static string Role(int number) => string.Create(CultureInfo.InvariantCulture, $"arn:aws:iam::123456789012:role/r{number:000}");
}
