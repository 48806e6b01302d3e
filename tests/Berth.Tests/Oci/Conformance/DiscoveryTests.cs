using Berth.Vocabulary;

namespace Berth.Tests.Oci.Conformance;

[Trait("OCI distribution specification", "Content Discovery")]
public sealed class DiscoveryTests
{
    // "Listing Tags"
    [Fact]
    public async Task A_repository_without_images_has_no_tags()
    {
        await using var host = await OciHost.StartAsync("team/app");

        using var response = await host.SendAsync("GET", "/v2/team/app/tags/list");

        Assert.Equal("{\"name\":\"team/app\",\"tags\":[]}\n", await response.Content.ReadAsStringAsync());
    }

    // "Listing Tags": lexical order, n, last and the link
    [Fact]
    public async Task Tags_are_listed_in_pages_that_link_to_the_next()
    {
        await using var host = await OciHost.StartAsync("team/app");
        foreach (var tag in new[] { "b", "V2", "a.b", "a-b", "a" })
        {
            await host.PushImageAsync("team/app", tag);
        }

        var pages = new List<string[]>();
        for (var next = "/v2/team/app/tags/list?n=2"; next.Length > 0;)
        {
            using var response = await host.SendAsync("GET", next);
            pages.Add([.. (await response.JsonAsync()).GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!)]);
            next = Next(host, response);
        }

        Assert.Equal([["V2", "a"], ["a-b", "a.b"], ["b"]], pages);
    }

    // "Listing Tags": last is exclusive and need not exist
    [Fact]
    public async Task A_list_goes_on_after_any_name()
    {
        await using var host = await OciHost.StartAsync("team/app");
        await host.PushImageAsync("team/app", "a");
        await host.PushImageAsync("team/app", "c");

        using var response = await host.SendAsync("GET", "/v2/team/app/tags/list?last=b");

        Assert.Equal("{\"name\":\"team/app\",\"tags\":[\"c\"]}\n", await response.Content.ReadAsStringAsync());
        Assert.Equal("", response.Header("Link"));
    }

    // "Listing Tags": "When n is zero, this endpoint MUST return an empty list, and MUST NOT include a Link header"
    [Fact]
    public async Task A_page_of_no_entries_is_empty_and_leads_nowhere()
    {
        await using var host = await OciHost.StartAsync("team/app");
        await host.PushImageAsync("team/app", "a");

        using var response = await host.SendAsync("GET", "/v2/team/app/tags/list?n=0");

        Assert.Equal("{\"name\":\"team/app\",\"tags\":[]}\n", await response.Content.ReadAsStringAsync());
        Assert.Equal("", response.Header("Link"));
    }

    [Theory]
    [InlineData("team/app/tags/list?n=1001", "Member must have value less than or equal to 1000")]
    [InlineData("_catalog?n=1001", "Member must have value less than or equal to 1000")]
    [InlineData("_catalog?n=abc", "Member must be a number that is not negative")]
    [InlineData("_catalog?n=-1", "Member must be a number that is not negative")]
    public async Task A_page_size_that_is_none_is_refused(string list, string rule)
    {
        await using var host = await OciHost.StartAsync("team/app");

        using var response = await host.SendAsync("GET", $"/v2/{list}");

        Assert.Equal(
            $"Invalid parameter at 'maxResults' failed to satisfy constraint: '{rule}'",
            await response.ErrorAsync(405, "UNSUPPORTED"));
    }

    // Docker Registry HTTP API V2, "Catalog"
    [Fact]
    public async Task Repositories_are_listed_in_pages_that_link_to_the_next()
    {
        await using var host = await OciHost.StartAsync("team/b", "team-a", "team/a");

        using var first = await host.SendAsync("GET", "/v2/_catalog?n=2");
        using var second = await host.SendAsync("GET", Next(host, first));

        Assert.Equal("{\"repositories\":[\"team-a\",\"team/a\"]}\n", await first.Content.ReadAsStringAsync());
        Assert.Equal("{\"repositories\":[\"team/b\"]}\n", await second.Content.ReadAsStringAsync());
        Assert.Equal("", Next(host, second));
    }

    // "Listing Referrers"
    [Fact]
    public async Task What_nothing_points_at_has_an_empty_index()
    {
        await using var host = await OciHost.StartAsync("team/app");

        using var response = await host.SendAsync("GET", $"/v2/team/app/referrers/{Digest.Sha256Of("absent"u8)}");

        Assert.Equal(MediaType.OciIndex, response.Header("Content-Type"));
        Assert.Equal(
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}",
            await response.Content.ReadAsStringAsync());
    }

    // "Listing Referrers": descriptors with artifact type and annotations; the filter
    [Fact]
    public async Task Referrers_are_described_and_filtered()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var subject = Digest.Sha256Of(await host.PushImageAsync("team/app", "v1"));
        var empty = await host.PushBlobAsync("team/app", "{}"u8.ToArray());
        var signature = Manifests.Artifact(subject, "application/vnd.example.signature", empty);
        foreach (var artifact in new[] { signature, Manifests.Artifact(subject, "application/vnd.example.sbom", empty) })
        {
            (await host.PutManifestAsync("team/app", Digest.Sha256Of(artifact).ToString(), artifact)).Dispose();
        }

        using var all = await host.SendAsync("GET", $"/v2/team/app/referrers/{subject}");
        using var some = await host.SendAsync("GET", $"/v2/team/app/referrers/{subject}?artifactType=application/vnd.example.signature");
        var found = (await some.JsonAsync()).GetProperty("manifests");

        Assert.Equal(2, (await all.JsonAsync()).GetProperty("manifests").GetArrayLength());
        Assert.Equal("", all.Header("OCI-Filters-Applied"));
        Assert.Equal("artifactType", some.Header("OCI-Filters-Applied"));
        Assert.Equal(
            $$$"""
            [{"mediaType":"{{{MediaType.OciManifest}}}","digest":"{{{Digest.Sha256Of(signature)}}}","size":{{{signature.Length}}},"artifactType":"application/vnd.example.signature","annotations":{"org.example.key":"value of application/vnd.example.signature"}}]
            """,
            found.GetRawText());
    }

    // "Listing Referrers": the type of an artifact that states none is its configuration's
    [Fact]
    public async Task An_artifact_without_a_type_goes_by_its_configuration()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var subject = Digest.Sha256Of("never pushed"u8);
        var artifact = await host.ImageAsync(
            "team/app", "artifact", $$""","subject":{"mediaType":"{{MediaType.OciManifest}}","digest":"{{subject}}","size":1}""");
        (await host.PutManifestAsync("team/app", "artifact", artifact)).Dispose();

        using var response = await host.SendAsync("GET", $"/v2/team/app/referrers/{subject}?artifactType={MediaType.OciConfig.Replace("+", "%2B", StringComparison.Ordinal)}");

        Assert.Equal(MediaType.OciConfig, (await response.JsonAsync()).GetProperty("manifests")[0].GetProperty("artifactType").GetString());
    }

    // "Listing Referrers": an index has no configuration whose type could stand in
    [Fact]
    public async Task An_index_without_a_type_is_listed_without_one()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var subject = Digest.Sha256Of("never pushed"u8);
        var index = Manifests.Index(subject);
        (await host.PutManifestAsync("team/app", "index", index, MediaType.OciIndex)).Dispose();

        using var response = await host.SendAsync("GET", $"/v2/team/app/referrers/{subject}");
        var listed = (await response.JsonAsync()).GetProperty("manifests")[0];

        Assert.Equal(Digest.Sha256Of(index).ToString(), listed.GetProperty("digest").GetString());
        Assert.False(listed.TryGetProperty("artifactType", out _));
    }

    // "Listing Referrers": a list that would be too long goes on behind a link
    [Fact]
    public async Task A_page_of_referrers_ends_before_it_is_longer_than_a_manifest()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var subject = Digest.Sha256Of("never pushed"u8);
        var empty = await host.PushBlobAsync("team/app", "{}"u8.ToArray());
        var pushed = new List<string>();
        foreach (var name in new[] { 'a', 'b', 'c' })
        {
            var artifact = Manifests.Artifact(subject, $"application/vnd.example.{new string(name, 1_000_000)}", empty);
            using var response = await host.PutManifestAsync("team/app", $"tag-{name}", artifact);
            pushed.Add(response.Header("Docker-Content-Digest"));
        }

        var pages = new List<string[]>();
        for (var next = $"/v2/team/app/referrers/{subject}"; next.Length > 0;)
        {
            using var response = await host.SendAsync("GET", next);
            var manifests = (await response.JsonAsync()).GetProperty("manifests").EnumerateArray();
            pages.Add([.. manifests.Select(manifest => manifest.GetProperty("digest").GetString()!)]);
            next = Next(host, response);
        }

        Assert.Equal([2, 1], pages.Select(page => page.Length));
        Assert.Equal(string.Join(' ', pushed.Order(StringComparer.Ordinal)), string.Join(' ', pages.SelectMany(page => page)));
    }

    [Fact]
    public async Task Referrers_of_what_is_no_digest_are_refused()
    {
        await using var host = await OciHost.StartAsync("team/app");

        using var response = await host.SendAsync("GET", "/v2/team/app/referrers/sha256:totallywrong");

        await response.ErrorAsync(400, "DIGEST_INVALID");
    }

    private static string Next(OciHost host, HttpResponseMessage response)
    {
        var link = response.Header("Link");
        if (link.Length > 0)
        {
            Assert.StartsWith($"<{host.Url}v2/", link, StringComparison.Ordinal);
            Assert.EndsWith(">; rel=\"next\"", link, StringComparison.Ordinal);
        }

        return link.Length == 0 ? "" : link[1..link.IndexOf('>', StringComparison.Ordinal)];
    }
}
