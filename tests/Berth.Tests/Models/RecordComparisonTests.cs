using Berth.Server.Aws.Constraints;

namespace Berth.Tests.Models;

public sealed class RecordComparisonTests
{
    private const string Digest = "[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+";

    private sealed record Right
    {
        [Pattern("[0-9]{12}")]
        public string? RegistryId { get; init; }

        [Length(2, 256), Pattern(Berth.Vocabulary.RepositoryName.Pattern)]
        public required string RepositoryName { get; init; }

        [Pattern("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")]
        public required string UploadId { get; init; }

        [Count(1, 100), Pattern(Digest)]
        public required IReadOnlyList<string> LayerDigests { get; init; }
    }

    private sealed record Wrong
    {
        public string? RegistryId { get; init; }

        [Length(2, 255), Pattern(Berth.Vocabulary.RepositoryName.Pattern)]
        public string? RepositoryName { get; init; }

        public required long UploadId { get; init; }

        [Pattern(Digest)]
        public required IReadOnlyList<string> LayerDigests { get; init; }

        public string? Extra { get; init; }
    }

    [Fact]
    public void A_record_that_follows_the_model_has_no_differences() =>
        Assert.Empty(Compare(typeof(Right), isRequest: true));

    [Fact]
    public void Every_difference_is_told() =>
        Assert.Equal(
            """
            Op.extra is not in the model
            Op.registryId must match [0-9]{12}
            Op.repositoryName is bounded by 2..255, the model has 2..256
            Op.repositoryName is not required
            Op.uploadId is Int64, the model has string
            Op.uploadId must match [0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}
            Op.uploadId must be nullable, so that its absence shows
            Op.layerDigests is bounded by .., the model has 1..100
            """,
            string.Join('\n', Compare(typeof(Wrong), isRequest: true)));

    [Fact]
    public void An_answer_need_not_repeat_rules_but_may_add_nothing() =>
        Assert.Equal(
            ["Op.extra is not in the model", "Op.uploadId is Int64, the model has string"],
            Compare(typeof(Wrong), isRequest: false));

    private static List<string> Compare(Type record, bool isRequest)
    {
        var comparison = new RecordComparison(AwsModel.Read("ecr"), isJson: true, isRequest);
        comparison.Compare(record, "CompleteLayerUploadRequest", "Op");
        return comparison.Differences;
    }
}
