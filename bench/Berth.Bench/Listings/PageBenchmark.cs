using BenchmarkDotNet.Attributes;
using Berth.Registry;
using Berth.Server.Ecr.Images;
using Berth.Server.Ecr.Repositories;
using Berth.Server.Ecr.Shapes;

namespace Berth.Bench.Listings;

/// <summary>
/// A page out of the middle of a list, as the wire has it once it knows who asks. It costs the same in a short list and in a long one.
/// </summary>
public class PageBenchmark
{
    private const int Largest = 1000;

    private LargeRegistry registry = null!;
    private ImageListing listing = null!;
    private DescribeImages describeImages = null!;
    private ListImages listImages = null!;
    private DescribeRepositories describeRepositories = null!;
    private BatchGetImage batchGetImage = null!;
    private DescribeImages.Request images = null!;
    private DescribeImages.Request taggedImages = null!;
    private DescribeImages.Request untaggedImages = null!;
    private ListImages.Request names = null!;
    private DescribeRepositories.Request repositories = null!;
    private BatchGetImage.Request manifests = null!;

    /// <summary>Images in the repository, and repositories in the registry.</summary>
    [Params(1_000, 100_000)]
    public int Size { get; set; }

    // The tool chain in this process calls what is asynchronous and does not wait for it.
    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [Benchmark(Description = "DescribeImages, 100 images")]
    public object DescribeImages() => Wait(registry.CallAsync<DescribeImages.Response>(describeImages, images));

    [Benchmark(Description = "DescribeImages TAGGED, of which one in 1,000 is")]
    public object DescribeTaggedImages() => Wait(registry.CallAsync<DescribeImages.Response>(describeImages, taggedImages));

    [Benchmark(Description = "DescribeImages UNTAGGED, 100 images")]
    public object DescribeUntaggedImages() => Wait(registry.CallAsync<DescribeImages.Response>(describeImages, untaggedImages));

    [Benchmark(Description = "ListImages, 100 images")]
    public object ListImages() => Wait(registry.CallAsync<ListImages.Response>(listImages, names));

    [Benchmark(Description = "tags/list, 100 tags")]
    public object ListTags() => Wait(listing.ListTagsAsync(LargeRegistry.Full, LargeRegistry.TagOf(Size / 2), 101, CancellationToken.None));

    [Benchmark(Description = "BatchGetImage, 100 manifests")]
    public object BatchGetImage() => Wait(registry.CallAsync<BatchGetImage.Response>(batchGetImage, manifests));

    [Benchmark(Description = "DescribeRepositories, 100 repositories")]
    public object DescribeRepositories() => Wait(registry.CallAsync<DescribeRepositories.Response>(describeRepositories, repositories));

    private async Task SetupAsync()
    {
        registry = LargeRegistry.Of(Size);
        listing = new(registry.Database);
        describeImages = new(listing, registry.Repositories, registry.Tokens);
        listImages = new(listing, registry.Tokens);
        describeRepositories = new(registry.Repositories, registry.Hosts, registry.Tokens);
        batchGetImage = new(registry.Images, registry.Repositories, registry.Pulls);

        images = new() { RepositoryName = LargeRegistry.Full.Name.ToString() };
        untaggedImages = new() { RepositoryName = LargeRegistry.Sparse.Name.ToString(), Filter = new() { TagStatus = "UNTAGGED" } };
        taggedImages = untaggedImages with { Filter = new() { TagStatus = "TAGGED" }, MaxResults = 100 };
        names = new() { RepositoryName = LargeRegistry.Full.Name.ToString() };
        repositories = new();
        images = images with { NextToken = await FindMiddleAsync((token, size) => NextAsync(images, token, size)) };
        untaggedImages = untaggedImages with { NextToken = await FindMiddleAsync((token, size) => NextAsync(untaggedImages, token, size)) };
        names = names with { NextToken = await FindMiddleAsync((token, size) => NextAsync(names, token, size)) };
        repositories = repositories with { NextToken = await FindMiddleAsync((token, size) => NextAsync(repositories, token, size)) };
        manifests = new()
        {
            RepositoryName = LargeRegistry.Full.Name.ToString(),
            ImageIds = [.. Enumerable.Range(0, 100).Select(number => new ImageId { ImageTag = LargeRegistry.TagOf(number * (Size / 100)) })],
        };
    }

    private async Task<string?> NextAsync(DescribeImages.Request request, string? token, int size) =>
        (await registry.CallAsync<DescribeImages.Response>(describeImages, request with { NextToken = token, MaxResults = size })).NextToken;

    private async Task<string?> NextAsync(ListImages.Request request, string? token, int size) =>
        (await registry.CallAsync<ListImages.Response>(listImages, request with { NextToken = token, MaxResults = size })).NextToken;

    private async Task<string?> NextAsync(DescribeRepositories.Request request, string? token, int size) =>
        (await registry.CallAsync<DescribeRepositories.Response>(describeRepositories, request with { NextToken = token, MaxResults = size })).NextToken;

    // Walks the pages as a client does.
    private async Task<string?> FindMiddleAsync(Func<string?, int, Task<string?>> next)
    {
        string? token = null;
        for (var (left, size) = (Size / 2, 0); left > 0; left -= size)
        {
            size = Math.Min(left, Largest);
            token = await next(token, size);
        }

        return token;
    }

    private static T Wait<T>(Task<T> page) => page.GetAwaiter().GetResult();
}
