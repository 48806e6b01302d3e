using System.Text.Json;
using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;

namespace Berth.Acceptance.Durability;

/// <summary>Many images of one repository that share their layers, told apart by their manifests.</summary>
internal sealed class Fleet(PlainClient client, string repository)
{
    private readonly SmallImage image = SmallImage.Saying("what all of them are made of");

    /// <summary>Stores what they share.</summary>
    public async Task PushLayersAsync()
    {
        Assert.True(await client.PushBlobAsync(repository, image.Layer));
        Assert.True(await client.PushBlobAsync(repository, image.Config));
    }

    /// <summary>Pushes an image under a tag, and returns its digest.</summary>
    public async Task<string> PushAsync(string tag)
    {
        var manifest = Named(tag);
        Assert.True(await client.PushManifestAsync(repository, tag, manifest), tag);
        return SmallImage.DigestOf(manifest);
    }

    /// <summary>Pushes a manifest that is about another, under no tag, and returns its digest.</summary>
    public async Task<string> PushAboutAsync(string tag)
    {
        var subject = Named(tag);
        var manifest = Written(tag, new { mediaType = SmallImage.ManifestType, digest = SmallImage.DigestOf(subject), size = subject.Length });
        Assert.True(await client.PushManifestAsync(repository, SmallImage.DigestOf(manifest), manifest), tag);
        return SmallImage.DigestOf(manifest);
    }

    private byte[] Named(string tag) => Written(tag, subject: null);

    private byte[] Written(string tag, object? subject)
    {
        var fields = JsonSerializer.Deserialize<Dictionary<string, object>>(image.Manifest)!;
        fields["annotations"] = new { tag };
        if (subject is not null)
        {
            fields["subject"] = subject;
        }

        return JsonSerializer.SerializeToUtf8Bytes(fields);
    }
}
