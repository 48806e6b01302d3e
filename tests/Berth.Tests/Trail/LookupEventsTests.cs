using System.Text.Json;
using Berth.Tests.Gate;

namespace Berth.Tests.Trail;

/// <summary>LookupEvents, as the aws CLI calls it.</summary>
public sealed class LookupEventsTests
{
    [Fact]
    public async Task A_change_is_found_at_once_by_the_repository_that_it_made()
    {
        await using var host = await GateHost.StartAsync();
        await host.Root.DoAsync("CreateRepository", new { repositoryName = "team/app" });

        var (status, body) = await host.LookUpAsync(Question("ResourceName", "team/app"));

        Assert.Equal(200, status);
        var found = Assert.Single(body.GetProperty("Events").EnumerateArray());
        Assert.Equal("CreateRepository", found.GetProperty("EventName").GetString());
        Assert.Equal("false", found.GetProperty("ReadOnly").GetString());
        Assert.Equal("root", found.GetProperty("Username").GetString());
        Assert.Equal(1768478400, found.GetProperty("EventTime").GetDouble());
        Assert.Equal(
            """[{"ResourceType":"AWS::ECR::Repository","ResourceName":"arn:aws:ecr:us-east-1:123456789012:repository/team/app"}]""",
            found.GetProperty("Resources").GetRawText());
    }

    [Fact]
    public async Task The_short_target_is_understood_too()
    {
        await using var host = await GateHost.StartAsync();

        Assert.Equal(200, (await host.LookUpAsync(new { }, "CloudTrail_20131101.LookupEvents")).Status);
    }

    [Fact]
    public async Task Pages_follow_one_another_by_their_tokens()
    {
        await using var host = await GateHost.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await host.Root.DoAsync("CreateRepository", new { repositoryName = $"app{(char)('a' + i)}" });
            host.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var names = new List<string>();
        string? token = null;
        do
        {
            var (_, page) = await host.LookUpAsync(
                new { LookupAttributes = new[] { new { AttributeKey = "EventName", AttributeValue = "CreateRepository" } }, MaxResults = 2, NextToken = token });
            names.AddRange(page.GetProperty("Events").EnumerateArray().Select(NameIn));
            token = page.TryGetProperty("NextToken", out var next) ? next.GetString() : null;
        }
        while (token is not null);

        Assert.Equal("appe appd appc appb appa", string.Join(' ', names));
    }

    [Fact]
    public async Task Wrong_questions_are_refused_in_CloudTrails_codes()
    {
        await using var host = await GateHost.StartAsync();
        var attribute = new { AttributeKey = "EventName", AttributeValue = "x" };

        await AssertRefusedAsync(host, new { LookupAttributes = new[] { attribute, attribute } }, "InvalidLookupAttributesException");
        await AssertRefusedAsync(host, Question("Colour", "red"), "InvalidLookupAttributesException");
        await AssertRefusedAsync(host, Question("None", "red"), "InvalidLookupAttributesException");
        await AssertRefusedAsync(host, Question("EventName", ""), "InvalidLookupAttributesException");
        await AssertRefusedAsync(host, new { StartTime = 20, EndTime = 10 }, "InvalidTimeRangeException");
        await AssertRefusedAsync(host, new { MaxResults = 51 }, "InvalidMaxResultsException");
        await AssertRefusedAsync(host, new { MaxResults = 0 }, "InvalidMaxResultsException");
        await AssertRefusedAsync(host, new { NextToken = "nonsense" }, "InvalidNextTokenException");
        await AssertRefusedAsync(host, new { EventCategory = "data" }, "InvalidEventCategoryException");
    }

    private static object Question(string key, string value) => new { LookupAttributes = new[] { new { AttributeKey = key, AttributeValue = value } } };

    private static string NameIn(JsonElement found) =>
        JsonElement.Parse(found.GetProperty("CloudTrailEvent").GetString()!).GetProperty("requestParameters").GetProperty("repositoryName").GetString()!;

    private static async Task AssertRefusedAsync(GateHost host, object request, string code)
    {
        var (status, body) = await host.LookUpAsync(request);

        Assert.Equal((400, code), (status, body.GetProperty("__type").GetString()));
    }
}
