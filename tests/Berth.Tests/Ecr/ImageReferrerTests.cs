using System.Net;
using System.Text;
using System.Text.Json;
using Berth.Tests.Gate;
using Berth.Tests.Oci;
using Berth.Vocabulary;

namespace Berth.Tests.Ecr;

/// <summary>The artifacts that point at an image, over ECR's API and beside it over the OCI wire.</summary>
public sealed class ImageReferrerTests : IAsyncLifetime
{
    private const string Signature = "application/vnd.cncf.notary.signature";
    private const string Bill = "application/spdx+json";

    private static readonly Digest Subject = Digest.Sha256Of("the image"u8);
    private static readonly byte[] Empty = "{}"u8.ToArray();

    private GateHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await GateHost.StartAsync();
        await host.Root.DoAsync("CreateRepository", new { repositoryName = "app" });
        await host.Root.SendAsync("POST", $"/v2/app/blobs/uploads/?digest={Digest.Sha256Of(Empty)}", Empty);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task An_artifact_is_listed_as_its_manifest_describes_it()
    {
        var manifest = await AttachAsync(Signature);

        var listed = await ListAsync(new { repositoryName = "app", registryId = GateHost.Own, subjectId = new { imageDigest = $"{Subject}" } });

        Assert.Equal(
            $$"""
            {"referrers":[{"digest":"{{Digest.Sha256Of(manifest)}}","mediaType":"application/vnd.oci.image.manifest.v1+json","size":{{manifest.Length}},"artifactType":"{{Signature}}","annotations":{"org.example.key":"value of {{Signature}}"},"artifactStatus":"ACTIVE"}]}
            """,
            listed.Body);
    }

    [Fact]
    public async Task Nothing_points_at_an_image_that_nobody_signed()
    {
        foreach (var digest in EcrHost.Texts($"{Subject}", "md5:d41d8cd98f00b204e9800998ecf8427e"))
        {
            Assert.Equal(
                """{"referrers":[]}""", (await ListAsync(new { repositoryName = "app", subjectId = new { imageDigest = digest } })).Body);
        }
    }

    [Fact]
    public async Task Artifacts_are_chosen_by_their_types()
    {
        await AttachAsync(Signature);
        await AttachAsync(Bill);

        Assert.Equal([Signature], await TypesAsync(new { artifactTypes = EcrHost.Texts(Signature) }), StringComparer.Ordinal);
        Assert.Equal([Bill, Signature], await TypesAsync(new { artifactTypes = EcrHost.Texts(Signature, Bill) }), StringComparer.Ordinal);
        Assert.Equal([Bill, Signature], await TypesAsync(new { artifactTypes = EcrHost.Texts() }), StringComparer.Ordinal);
        Assert.Empty(await TypesAsync(new { artifactTypes = EcrHost.Texts("text/plain") }));
    }

    [Fact]
    public async Task An_archived_artifact_is_listed_only_when_it_is_asked_for_and_never_over_the_OCI_wire()
    {
        await AttachAsync(Bill);
        var archived = Digest.Sha256Of(await AttachAsync(Signature));
        await host.Berth.Server.Domain.Stores.Database.WriteAsync(
            tx => tx.ExecuteAsync("UPDATE image SET status = 'ARCHIVED' WHERE digest = @digest", new { digest = $"{archived}" }),
            TestContext.Current.CancellationToken);

        Assert.Equal([Bill], await TypesAsync(filter: null), StringComparer.Ordinal);
        Assert.Equal([Bill], await TypesAsync(new { artifactStatus = "ACTIVE" }), StringComparer.Ordinal);
        Assert.Equal([Signature], await TypesAsync(new { artifactStatus = "ARCHIVED" }), StringComparer.Ordinal);
        Assert.Equal([Bill, Signature], await TypesAsync(new { artifactStatus = "ANY" }), StringComparer.Ordinal);
        Assert.Empty(await TypesAsync(new { artifactStatus = "ACTIVATING" }));
        var index = JsonElement.Parse((await host.Root.SendAsync("GET", $"/v2/app/referrers/{Subject}")).Body);
        Assert.Equal(Bill, Assert.Single(index.GetProperty("manifests").EnumerateArray()).GetProperty("artifactType").GetString());
    }

    [Fact]
    public async Task A_page_has_twenty_artifacts_unless_said_otherwise_and_the_pages_have_them_all()
    {
        var types = Enumerable.Range(0, 23).Select(number => $"application/x-{(char)('a' + number)}").ToList();
        foreach (var type in types)
        {
            await AttachAsync(type);
        }

        var first = await PageAsync(token: null, size: null);
        var second = await PageAsync(first.GetProperty("nextToken").GetString(), size: 3);

        Assert.Equal((20, 3), (first.GetProperty("referrers").GetArrayLength(), second.GetProperty("referrers").GetArrayLength()));
        Assert.Equal(types, Types(first).Concat(Types(second)).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.False(second.TryGetProperty("nextToken", out JsonElement _));
    }

    [Fact]
    public async Task A_token_is_good_for_its_own_question_only()
    {
        await AttachAsync(Signature);
        await AttachAsync(Bill);
        var token = (await PageAsync(token: null, size: 1)).GetProperty("nextToken").GetString();

        var refused = await ListAsync(new
        {
            repositoryName = "app",
            subjectId = new { imageDigest = $"{Subject}" },
            filter = new { artifactStatus = "ANY" },
            nextToken = token,
        });

        Assert.Equal(
            ("InvalidParameterException", "Invalid parameter at 'nextToken' failed to satisfy constraint: 'Invalid token'"), refused.Error);
    }

    [Fact]
    public async Task What_cannot_be_an_image_or_a_page_is_refused()
    {
        var digest = await ListAsync(new { repositoryName = "app", subjectId = new { imageDigest = "latest" } });
        var missing = await ListAsync(new { repositoryName = "gone", subjectId = new { imageDigest = $"{Subject}" } });
        var large = await ListAsync(new { repositoryName = "app", subjectId = new { imageDigest = $"{Subject}" }, maxResults = 51 });

        Assert.Equal(
            ("InvalidParameterException", "Invalid parameter at 'imageDigest' failed to satisfy constraint: 'must satisfy regular expression '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+''"),
            digest.Error);
        Assert.Equal(
            ("RepositoryNotFoundException", "The repository with name 'gone' does not exist in the registry with id '123456789012'"), missing.Error);
        Assert.Equal("InvalidParameterException", large.Error.Code);
    }

    [Fact]
    public async Task Whoever_may_pull_may_list_and_nobody_else()
    {
        var puller = await host.UserAsync("puller", Allow("ecr:BatchGetImage"));
        var lister = await host.UserAsync("lister", Allow("ecr:ListImageReferrers"));
        var request = new { repositoryName = "app", subjectId = new { imageDigest = $"{Subject}" } };

        Assert.Equal(HttpStatusCode.OK, (await puller.CallAsync("ListImageReferrers", request)).Status);
        Assert.Equal(
            ("AccessDeniedException", $"User: {lister.Arn} is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:us-east-1:123456789012:repository/app because no identity-based policy allows the ecr:BatchGetImage action"),
            (await lister.CallAsync("ListImageReferrers", request)).Error);
    }

    private static string Allow(string action) =>
        Policies.OfIdentity("Allow", action);

    private async Task<byte[]> AttachAsync(string type)
    {
        var manifest = Manifests.Artifact(Subject, type, Digest.Sha256Of(Empty));
        await host.Root.DoAsync("PutImage", new { repositoryName = "app", imageManifest = Encoding.UTF8.GetString(manifest) });
        return manifest;
    }

    private Task<GateReply> ListAsync(object request) => host.Root.CallAsync("ListImageReferrers", request);

    private Task<JsonElement> PageAsync(string? token, int? size) => host.Root.DoAsync(
        "ListImageReferrers",
        new { repositoryName = "app", subjectId = new { imageDigest = $"{Subject}" }, nextToken = token, maxResults = size });

    private async Task<IEnumerable<string>> TypesAsync(object? filter) => Types(await host.Root.DoAsync(
        "ListImageReferrers", new { repositoryName = "app", subjectId = new { imageDigest = $"{Subject}" }, filter })).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Types(JsonElement page) =>
        page.GetProperty("referrers").EnumerateArray().Select(referrer => referrer.GetProperty("artifactType").GetString()!);
}
