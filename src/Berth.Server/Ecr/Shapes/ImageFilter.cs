using Berth.Registry;
using Berth.Server.Aws.Constraints;

namespace Berth.Server.Ecr.Shapes;

/// <summary>Which images a listing is to have (ECR's shapes <c>ListImagesFilter</c> and <c>DescribeImagesFilter</c>).</summary>
internal sealed record ImageFilter
{
    [Values("TAGGED", "UNTAGGED", "ANY")]
    public string? TagStatus { get; init; }

    [Values("ACTIVE", "ARCHIVED", "ACTIVATING", "ANY")]
    public string? ImageStatus { get; init; }

    /// <summary>Which status it admits; null for all. Without a word it is active images.</summary>
    public Berth.Registry.ImageStatus? ByStatus() => ImageStatus is "ANY" ? null : ImageStatusNames.FromWire(ImageStatus ?? "ACTIVE");

    /// <summary>Which images it admits by whether they have tags.</summary>
    public Berth.Registry.TagStatus ByTags() => TagStatus switch
    {
        "TAGGED" => Berth.Registry.TagStatus.Tagged,
        "UNTAGGED" => Berth.Registry.TagStatus.Untagged,
        _ => Berth.Registry.TagStatus.Any,
    };

    /// <summary>What a page token is bound to: another filter is another list.</summary>
    public string[] Question() => [ImageStatus ?? "ACTIVE", TagStatus ?? "ANY"];

    /// <summary>Whether it admits an image.</summary>
    public bool Admits(Image image) => (ByStatus() ?? image.Status) == image.Status && ByTags() switch
    {
        Berth.Registry.TagStatus.Tagged => image.Tags.Count > 0,
        Berth.Registry.TagStatus.Untagged => image.Tags.Count == 0,
        _ => true,
    };
}
