using System.Text;
using Berth.Vocabulary;
using FsCheck;
using FsCheck.Fluent;
using static Berth.Tests.Vocabulary.ManifestJson;

namespace Berth.Tests.Vocabulary;

/// <summary>Whatever bytes arrive: a manifest comes of them, or a fault, and never any other exception.</summary>
public sealed class HostileManifestTests
{
    private static readonly string[] Names =
    [
        "schemaVersion", "mediaType", "config", "layers", "manifests", "subject", "annotations", "artifactType", "digest", "size",
        "l\\u0061yers", "\\ud800", "\\udc00fig", "",
    ];

    private static readonly string[] Values =
    [
        "2", "-1", "1e999", "null", "true", "\"\"", "\"\\ud800\"", "[]", "{}", "\"\\u0000\"",
        Configuration, Layer, Child, $"[{Layer}]", $"[{Child},null]", $"\"{Address}\"", $"\"{MediaType.OciManifest}\"", $"\"{MediaType.OciIndex}\"",
    ];

    [Fact]
    public void Random_bytes_are_refused() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(),
        content => Refusals.Of(() => Manifest.Parse(content, MediaType.OciManifest)) is ManifestInvalid));

    [Fact]
    public void Documents_of_random_members_are_read_or_refused() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(5_000),
        Prop.ForAll(Documents(depth: 2).ToArbitrary(), json => IsReadOrRefused(Encoding.UTF8.GetBytes(json))));

    [Fact]
    public void A_manifest_with_any_one_byte_changed_is_read_or_refused()
    {
        var original = Encoding.UTF8.GetBytes(
            Image($$""" "layers":[{{Layer}}],"subject":{{Child}},"annotations":{"\ud83d\udea2":"\u0062"} """));
        for (var place = 0; place < original.Length; place++)
        {
            foreach (var value in (ReadOnlySpan<byte>)[0, (byte)'"', (byte)'\\', (byte)'{', (byte)']', (byte)',', (byte)'8', 0x80, 0xff])
            {
                byte[] changed = [.. original];
                changed[place] = value;
                Assert.True(IsReadOrRefused(changed), Encoding.Latin1.GetString(changed));
            }
        }
    }

    [Fact]
    public void A_manifest_cut_anywhere_is_refused()
    {
        var whole = Encoding.UTF8.GetBytes(Image($"\"layers\":[{Layer}]"));
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.IsType<ManifestInvalid>(Refusals.Of(() => Manifest.Parse(whole.AsMemory(0, length), MediaType.OciManifest)));
        }
    }

    private static bool IsReadOrRefused(byte[] content) => new[] { null, MediaType.OciManifest, MediaType.DockerManifestList }
        .All(type => Record.Exception(() => Manifest.Parse(content, type)) is null or FaultException);

    private static Gen<string> Documents(int depth) =>
        from isWhole in Gen.Elements(true, false)
        from members in Gen.ArrayOf(Members(depth))
        select "{" + string.Join(',', isWhole ? members.Prepend("\"schemaVersion\":2") : members) + "}";

    private static Gen<string> Members(int depth) =>
        from name in Gen.Elements(Names)
        from value in depth == 0 ? Gen.Elements(Values) : Gen.OneOf(Gen.Elements(Values), Documents(depth - 1))
        select $"\"{name}\":{value}";
}
