using Berth.Tests.Ecr;
using Berth.Tests.Gate;

namespace Berth.Tests.Trail;

/// <summary>What previews of lifecycle policies leave in the trail.</summary>
public sealed class LifecycleRecordTests
{
    private const string KeepNewest =
        """{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":1},"action":{"type":"expire"}}]}""";

    [Fact]
    public async Task A_preview_leaves_a_DryRunEvent_of_the_form_of_a_run()
    {
        await using var host = await GateHost.StartAsync();
        await host.Root.DoAsync("CreateRepository", new { repositoryName = "app" });
        await host.PushAsync("app", "old");
        host.Time.Advance(TimeSpan.FromDays(1));
        await host.PushAsync("app", "young");

        await host.Root.DoAsync("StartLifecyclePolicyPreview", new { repositoryName = "app", lifecyclePolicyText = KeepNewest });
        await host.UntilPreviewedAsync("app");

        var record = await host.RecordAsync("DryRunEvent");
        var details = record.GetProperty("serviceEventDetails");
        var id = details.GetProperty("lifecycleEventPolicy").GetProperty("policyId").GetString();
        Assert.True(Guid.TryParseExact(id, "D", out _), id);
        Assert.Equal(
            $$$"""
            {"repositoryName":"app","lifecycleEventPolicy":{"lifecycleEventRules":[{"rulePriority":1,"description":"","lifecycleEventSelection":{"tagStatus":"Any","tagPrefixList":[],
            "countType":"Image count more than","countNumber":1},"action":"expire"}],"lastEvaluatedAt":0,"policyVersion":1,"policyId":"{{{id}}}"},
            "lifecycleEventImageActions":[{"lifecycleEventImage":{"digest":"{{{EcrHost.DigestOf("old")}}}","tagStatus":"Tagged","tagList":["old"],"pushedAt":1768478400000},"rulePriority":1}],
            "lifecycleEventFailureDetails":[]}
            """.ReplaceLineEndings(""),
            details.GetRawText());
        Assert.Equal(("AwsServiceEvent", true), (record.GetProperty("eventType").GetString(), record.GetProperty("readOnly").GetBoolean()));
        Assert.Equal(
            """[{"ARN":"arn:aws:ecr:us-east-1:123456789012:repository/app","accountId":"123456789012","type":"AWS::ECR::Repository"}]""",
            record.GetProperty("resources").GetRawText());
    }

    [Fact]
    public async Task A_preview_of_nothing_leaves_no_DryRunEvent()
    {
        await using var host = await GateHost.StartAsync();
        await host.Root.DoAsync("CreateRepository", new { repositoryName = "app" });

        await host.Root.DoAsync("StartLifecyclePolicyPreview", new { repositoryName = "app", lifecyclePolicyText = KeepNewest });
        await host.UntilPreviewedAsync("app");

        var (_, found) = await host.LookUpAsync(new { LookupAttributes = new[] { new { AttributeKey = "EventName", AttributeValue = "DryRunEvent" } } });
        Assert.Equal("[]", found.GetProperty("Events").GetRawText());
    }
}
