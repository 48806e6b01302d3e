using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Delivery.Recycling;

/// <summary>
/// Takes a deleted image back, with those of its tags that no other image has by now; and with it the images that it lists and
/// those about it that were deleted when it was. Without tags in the request it gets those it had.
/// </summary>
internal sealed class RestoreImage(ImageRecovery recovery) : Operation<RestoreImage.Request, RestoreImage.Response>
{
    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? RegistryId { get; init; }

        [Length(2, 256), Pattern(Patterns.RepositoryName)]
        public required string RepositoryName { get; init; }

        [Length(1, 200)]
        public required string ImageDigest { get; init; }

        [Count(0, 100), Length(1, 128)]
        public IReadOnlyList<string>? ImageTags { get; init; }
    }

    public sealed record Response(string RegistryId, string RepositoryName, IReadOnlyList<Restored> Images);

    /// <summary>An image that came back.</summary>
    /// <param name="ImageDigest">Its digest.</param>
    /// <param name="ImageStatus">ACTIVE, or ARCHIVED as it was.</param>
    /// <param name="ImageTags">The tags that it has again.</param>
    /// <param name="TagsTaken">Those that it has not, as they name another image.</param>
    public sealed record Restored(string ImageDigest, string ImageStatus, IReadOnlyList<string> ImageTags, IReadOnlyList<string> TagsTaken);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var repository = call.Repository(request.RegistryId, request.RepositoryName);
        var tags = request.ImageTags?.Select(Tag.Parse).ToList();
        var images = await recovery.RestoreAsync(repository, Digest.Parse(request.ImageDigest), tags, cancel);
        return new(repository.Account.ToString(), repository.Name.ToString(), [.. images.Select(Of)]);
    }

    private static Restored Of(RecoveredImage image) => new(image.Digest.ToString(), image.Status.Wire(), Texts(image.Tags), Texts(image.TagsTaken));

    private static string[] Texts(IReadOnlyList<Tag> tags) => [.. tags.Select(tag => tag.ToString())];
}
