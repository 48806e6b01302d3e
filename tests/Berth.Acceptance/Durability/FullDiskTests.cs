using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;
using Berth.Acceptance.Journeys;

namespace Berth.Acceptance.Durability;

/// <summary>What a user meets when the data folder's disk runs full, and that it is over when the bytes are refused.</summary>
public sealed class FullDiskTests : Journey
{
    private const string Full = "the registry's storage is full";
    private const int MiB = 1024 * 1024;
    private readonly SmallDisk disk;

    public FullDiskTests()
        : this(new SmallDisk())
    {
    }

    private FullDiskTests(SmallDisk disk)
        : base(disk.Server) => this.disk = disk;

    private Crane Crane => field ??= new(Desk, Server);

    private Curl Curl => field ??= new(Desk);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await disk.DisposeAsync();
    }

    [Fact]
    public async Task A_layer_that_does_not_fit_is_refused_and_nothing_of_it_stays()
    {
        var password = await Aws.GetPasswordAsync();
        var layer = await WriteLayerAsync(60 * MiB);

        var answer = await Curl.PostAsync(
            new(Server.Address, $"/v2/full/blobs/uploads/?digest=sha256:{new string('0', 64)}"), layer, $"AWS:{password}");

        Assert.Equal("507", answer.Status);
        Assert.Contains(Full, answer.Body, StringComparison.Ordinal);
        Assert.Empty(disk.LayerFiles);
        await PushAndPullAsync();
    }

    [Fact]
    public async Task An_image_that_does_not_fit_is_refused_in_words_that_the_client_prints()
    {
        var layout = LayOut(SmallImage.OfSize(60 * MiB, seed: 1));

        var printed = (await Crane.TryAsync("push", layout, Named("full:large"))).Refused();

        Assert.Contains(Full, printed, StringComparison.Ordinal);
        await PushAndPullAsync();
    }

    [Fact]
    public async Task A_layer_part_that_does_not_fit_is_an_error_and_the_upload_goes_on_after_it()
    {
        Desk.Environment["AWS_MAX_ATTEMPTS"] = "1";
        var begun = await Aws.EcrAsync("initiate-layer-upload", "--repository-name", "full");
        var upload = begun.GetProperty("uploadId").GetString()!;
        var fitting = await WriteLayerAsync(6 * MiB);
        var large = await WriteLayerAsync(20 * MiB);

        (await Aws.TryUploadLayerPartAsync("full", upload, 0, fitting)).Succeeded();
        var printed = (await Aws.TryUploadLayerPartAsync("full", upload, 6 * MiB, large)).Refused();

        Assert.Contains("(ServerException) when calling the UploadLayerPart operation", printed, StringComparison.Ordinal);
        Assert.Contains(Full, printed, StringComparison.Ordinal);
        (await Aws.TryUploadLayerPartAsync("full", upload, 6 * MiB, fitting)).Succeeded();
        await PushAndPullAsync();
    }

    private protected override async Task ArriveAsync()
    {
        await disk.StartAsync();
        await Aws.CreateRepositoryAsync("full");
        await Crane.LoginAsync(await Aws.GetPasswordAsync());
    }

    /// <summary>The server goes on: what does fit is stored and given back.</summary>
    private async Task PushAndPullAsync()
    {
        var image = SmallImage.Saying("it fits");
        await Crane.PushAsync(LayOut(image, "small"), Named("full:small"));

        Assert.Equal(image.Digest, await Crane.RunAsync("digest", Named("full:small")));
        await Crane.RunAsync("validate", "--remote", Named("full:small"));
    }

    private async Task<string> WriteLayerAsync(int size)
    {
        var content = new byte[size];
        new Random(Seed: 24).NextBytes(content);
        var file = Desk.Home.Path($"{size} bytes");
        await File.WriteAllBytesAsync(file, content);
        return file;
    }
}
