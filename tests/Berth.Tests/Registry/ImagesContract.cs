using Berth.Registry;
using Berth.Tests.Engines;
using Berth.Vocabulary;

namespace Berth.Tests.Registry;

public sealed class SqliteImagesTests() : ImagesContract(new SqliteTestDatabase());

[Trait("needs", "postgresql")]
public sealed class PostgreSqlImagesTests(PostgreSqlServer server) : ImagesContract(new PostgreSqlTestDatabase(server));

public abstract class ImagesContract(TestDatabase rows) : RegistryContract(rows)
{
    [Fact]
    public async Task An_image_is_found_by_digest_and_by_tag_byte_for_byte()
    {
        var repository = await CreateAsync("app");
        var config = await PushLayerAsync(repository, "{}"u8.ToArray());
        var content = Manifest(config);

        var pushed = await PutAsync(repository, content, "v1");

        foreach (var reference in new Reference[] { pushed.Digest, Tag.Parse("v1") })
        {
            var found = await Images.FindAsync(repository, reference, Cancel);
            Assert.Equal(content, found!.Content.ToArray());
            Assert.Equal(pushed.Digest, found.Digest);
            Assert.Equal(MediaType.OciManifest, found.MediaType);
        }
    }

    [Fact]
    public async Task A_tag_moves_and_leaves_the_old_image_untagged()
    {
        var repository = await CreateAsync("app");
        var first = await PushImageAsync(repository, "one", "latest");
        var second = await PushImageAsync(repository, "two", "latest");

        var images = await Listing.DescribeAsync(repository, TagStatus.Any, status: null, after: null, 10, Cancel);

        Assert.Empty(images.Single(image => image.Digest == first).Tags);
        Assert.Equal("latest", images.Single(image => image.Digest == second).Tags.Single().ToString());
        Assert.Equal(first, (await Listing.DescribeAsync(repository, TagStatus.Untagged, status: null, after: null, 10, Cancel)).Single().Digest);
    }

    [Theory]
    [InlineData(TagMutability.Immutable, "", "v1", true)]
    [InlineData(TagMutability.Mutable, "", "v1", false)]
    [InlineData(TagMutability.ImmutableWithExclusion, "latest*", "v1", true)]
    [InlineData(TagMutability.ImmutableWithExclusion, "latest*", "latest-2", false)]
    [InlineData(TagMutability.MutableWithExclusion, "v*", "v1", true)]
    [InlineData(TagMutability.MutableWithExclusion, "v*", "latest", false)]
    public async Task A_tag_moves_only_where_the_repository_lets_it(TagMutability setting, string filter, string tag, bool refused)
    {
        var rule = TagMutabilityRule.Create(setting, filter.Length > 0 ? [filter] : []);
        var repository = await CreateAsync("app", new() { TagMutability = rule });
        await PushImageAsync(repository, "one", tag);

        if (refused)
        {
            var fault = await FaultOf<TagIsImmutable>(() => PushImageAsync(repository, "two", tag));
            Assert.Equal(
                $"The image tag '{tag}' already exists in the 'app' repository and cannot be overwritten because the tag is immutable.",
                fault.Message);
        }
        else
        {
            await PushImageAsync(repository, "two", tag);
        }
    }

    [Fact]
    public async Task Pushing_what_is_there_is_told_to_the_api_and_passes_on_the_other_wire()
    {
        var repository = await CreateAsync("app", new() { TagMutability = TagMutabilityRule.Create(TagMutability.Immutable, []) });
        var config = await PushLayerAsync(repository, "{}"u8.ToArray());
        var push = new ImagePush { Content = Manifest(config), Tags = [Tag.Parse("v1")] };
        await Images.PutAsync(repository, push, Cancel);

        await FaultOf<ImageAlreadyExists>(() => Images.PutAsync(repository, push, Cancel));
        var again = await Images.PutAsync(repository, push with { AcceptsRepetition = true }, Cancel);

        Assert.Equal(Digest.Sha256Of(push.Content.Span), again.Digest);
    }

    [Fact]
    public async Task A_manifest_whose_layers_are_not_here_is_refused_with_their_digests()
    {
        var repository = await CreateAsync("app");
        var config = await PushLayerAsync(repository, "{}"u8.ToArray());
        var (absent, other) = (Digest.Sha256Of("a"u8), Digest.Sha256Of("b"u8));

        var fault = await FaultOf<LayersNotFound>(() => PutAsync(repository, Manifest(config, absent, other), "v1"));

        Assert.Equal([absent, other], fault.Digests);
        Assert.Null(await Images.FindAsync(repository, Tag.Parse("v1"), Cancel));
    }

    [Fact]
    public async Task A_layer_of_another_repository_does_not_count()
    {
        var repository = await CreateAsync("app");
        var config = await PushLayerAsync(await CreateAsync("other"), "{}"u8.ToArray());

        await FaultOf<LayersNotFound>(() => PutAsync(repository, Manifest(config)));
    }

    [Fact]
    public async Task An_index_needs_its_images_unless_absent_ones_are_accepted()
    {
        var repository = await CreateAsync("app");
        var absent = Digest.Sha256Of("absent"u8);

        await FaultOf<ReferencedImagesNotFound>(() => PutAsync(repository, Index(absent)));
        var push = new ImagePush { Content = Index(absent), AcceptsAbsentImages = true };

        Assert.True((await Images.PutAsync(repository, push, Cancel)).Manifest.IsIndex);
    }

    [Fact]
    public async Task The_size_of_an_image_is_that_of_its_stored_layers_and_an_index_has_its_largest()
    {
        var repository = await CreateAsync("app");
        var small = await PushImageAsync(repository, "12345");
        var large = await PushImageAsync(repository, "1234567890");

        var index = (await PutAsync(repository, Index(small, large))).Digest;

        var sizes = (await Listing.DescribeAsync(repository, TagStatus.Any, status: null, after: null, 10, Cancel)).ToDictionary(image => image.Digest, image => image.Size);
        Assert.Equal((2 + 5L, 2 + 10L, 2 + 10L), (sizes[small], sizes[large], sizes[index]));
    }

    [Fact]
    public async Task Bytes_that_are_not_those_of_the_digest_are_refused()
    {
        var repository = await CreateAsync("app");
        var config = await PushLayerAsync(repository, "{}"u8.ToArray());
        var push = new ImagePush { Content = Manifest(config), Digest = Digest.Sha256Of("other"u8).ToString() };

        await FaultOf<ImageDigestMismatch>(() => Images.PutAsync(repository, push, Cancel));
    }

    [Fact]
    public async Task Quotas_hold_and_leave_nothing_behind()
    {
        var repository = await CreateAsync("app");
        var digest = await PushImageAsync(repository, "one", "a", "b", "c");
        var manifest = (await Images.FindAsync(repository, digest, Cancel))!.Content.ToArray();

        await FaultOf<TooManyTags>(() => PutAsync(repository, manifest, "d"));
        await PushImageAsync(repository, "two");
        await PushImageAsync(repository, "three");
        await PushImageAsync(repository, "four");
        await FaultOf<TooManyImages>(() => PushImageAsync(repository, "five", "e"));

        Assert.Equal(4, (await Listing.DescribeAsync(repository, TagStatus.Any, status: null, after: null, 10, Cancel)).Count);
        Assert.Equal("a b c", string.Join(' ', await Listing.ListTagsAsync(repository, after: null, 10, Cancel)));
    }

    [Fact]
    public async Task Pages_hold_every_pair_once_in_order_while_images_come_and_go()
    {
        var repository = await CreateAsync("app");
        var first = await PushImageAsync(repository, "one", "a", "b");
        var untagged = await PushImageAsync(repository, "two");
        var pairs = new List<ImageIdentifier>();
        ImageIdentifier? after = null;
        while ((await Listing.ListAsync(repository, TagStatus.Any, status: null, after, 1, Cancel)).SingleOrDefault() is { } pair)
        {
            pairs.Add(pair);
            after = pair;
        }

        Assert.Equal(
            new[] { (first, "a"), (first, "b"), (untagged, "") }.OrderBy(pair => $"{pair.Item1} {pair.Item2}", StringComparer.Ordinal),
            pairs.Select(pair => (pair.Digest!.Value, pair.Tag?.ToString() ?? "")));
        Assert.Equal("a b", string.Join(' ', (await Listing.ListAsync(repository, TagStatus.Tagged, status: null, after: null, 9, Cancel)).Select(pair => pair.Tag)));
        Assert.Equal([untagged], (await Listing.ListAsync(repository, TagStatus.Untagged, status: null, after: null, 9, Cancel)).Select(pair => pair.Digest!.Value));
    }

    [Fact]
    public async Task Deleting_by_tag_takes_the_tag_and_with_the_last_tag_the_image()
    {
        var repository = await CreateAsync("app");
        var digest = await PushImageAsync(repository, "one", "a", "b");

        var first = (await Deletion.DeleteAsync(repository, [new(null, Tag.Parse("a"))], Cancel)).Single();
        Assert.Equal(new ImageIdentifier(digest, Tag.Parse("a")), first.Deleted.Single());
        Assert.NotNull(await Images.FindAsync(repository, digest, Cancel));
        await Deletion.DeleteAsync(repository, [new(null, Tag.Parse("b"))], Cancel);

        Assert.Null(await Images.FindAsync(repository, digest, Cancel));
    }

    [Fact]
    public async Task What_an_index_lists_stays_until_the_index_goes()
    {
        var repository = await CreateAsync("app");
        var image = await PushImageAsync(repository, "one", "a");
        var index = (await PutAsync(repository, Index(image), "multi")).Digest;

        var refused = (await Deletion.DeleteAsync(repository, [new(image, null)], Cancel)).Single();
        Assert.Equal($"Requested image referenced by manifest list: [{index}]", refused.Failure!.Message);
        Assert.NotNull((await Deletion.DeleteAsync(repository, [new(null, Tag.Parse("a"))], Cancel)).Single().Failure);
        var outcomes = await Deletion.DeleteAsync(repository, [new(index, null), new(image, null)], Cancel);

        Assert.All(outcomes, outcome => Assert.Null(outcome.Failure));
        Assert.Empty(await Listing.DescribeAsync(repository, TagStatus.Any, status: null, after: null, 10, Cancel));
    }

    [Fact]
    public async Task A_tag_and_a_digest_that_are_not_the_same_image_are_told_apart_from_none()
    {
        var repository = await CreateAsync("app");
        await PushImageAsync(repository, "one", "a");
        var other = await PushImageAsync(repository, "two", "b");

        var outcomes = await Deletion.DeleteAsync(repository, [new(other, Tag.Parse("a")), new(null, Tag.Parse("none"))], Cancel);

        Assert.IsType<TagDoesNotMatchDigest>(outcomes[0].Failure);
        Assert.IsType<ImageNotFound>(outcomes[1].Failure);
    }

    [Fact]
    public async Task A_repository_is_not_shared_with_the_one_deleted_before_it()
    {
        var repository = await CreateAsync("app");
        await PushImageAsync(repository, "one", "a");
        await FaultOf<RepositoryNotEmpty>(() => RepositoryDeletion.DeleteAsync(repository, force: false, Cancel));
        await RepositoryDeletion.DeleteAsync(repository, force: true, Cancel);
        await FaultOf<RepositoryNotFound>(() => Images.FindAsync(repository, Tag.Parse("a"), Cancel));

        await CreateAsync("app");

        Assert.Null(await Images.FindAsync(repository, Tag.Parse("a"), Cancel));
    }

    [Fact]
    public async Task A_registry_holds_as_many_repositories_as_its_quota_and_a_deleted_one_makes_room()
    {
        foreach (var name in new[] { "r1", "r2", "r3", "r4", "r5" })
        {
            await CreateAsync(name);
        }

        await FaultOf<TooManyRepositories>(() => CreateAsync("r6"));
        await FaultOf<RepositoryAlreadyExists>(() => CreateAsync("r1"));
        await RepositoryDeletion.DeleteAsync(Id("r1"), force: false, Cancel);
        await CreateAsync("r6");

        Assert.Equal("r2 r3", string.Join(' ', (await Repositories.ListAsync(Home, after: "r1", 2, Cancel)).Select(found => found.Id.Name)));
    }
}
