using Berth.Lifecycle;

namespace Berth.Tests.Lifecycle;

public sealed class LifecycleEventTests
{
    [Fact]
    public void A_run_is_told_in_the_form_of_CloudTrail()
    {
        var image = new LifecycleImage { Digest = "sha256:a", Tags = ["v1"], PushedAt = 1_579_839_105_000 };
        var record = new LifecycleRunRecord
        {
            Repository = BerthHost.Repository("team/app"),
            Policy = new()
            {
                Id = "0c17a0b8-3a8c-4b5e-9f9c-3c2d4f0a7a11",
                Version = 2,
                Text = """{"rules":[{"rulePriority":1,"description":"keep one","selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":1},"action":{"type":"expire"}}]}""",
                EvaluatedAt = null,
            },
            Actions = [new(image, 1)],
            Failures = [new(image with { Digest = "sha256:b", Tags = [] }, 1, "ImageReferencedByManifestList", "why")],
        };

        Assert.Equal(
            """
            {"repositoryName":"team/app","lifecycleEventPolicy":{"lifecycleEventRules":[{"rulePriority":1,"description":"keep one","lifecycleEventSelection":{"tagStatus":"Any","tagPrefixList":[],"countType":"Image count more than","countNumber":1},"action":"expire"}],"lastEvaluatedAt":0,"policyVersion":2,"policyId":"0c17a0b8-3a8c-4b5e-9f9c-3c2d4f0a7a11"},"lifecycleEventImageActions":[{"lifecycleEventImage":{"digest":"sha256:a","tagStatus":"Tagged","tagList":["v1"],"pushedAt":1579839105000},"rulePriority":1}],"lifecycleEventFailureDetails":[{"lifecycleEventImage":{"digest":"sha256:b","tagStatus":"Untagged","tagList":[],"pushedAt":1579839105000},"rulePriority":1,"failureCode":"ImageReferencedByManifestList","failureReason":"why"}]}
            """,
            LifecycleEvent.DetailsOf(record));
    }
}
