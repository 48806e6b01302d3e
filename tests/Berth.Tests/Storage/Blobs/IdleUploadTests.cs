using Berth.Storage.Blobs;

namespace Berth.Tests.Storage.Blobs;

/// <summary>Measures the process's memory, so nothing else may run beside it.</summary>
[Collection(nameof(IdleUploadTests))]
[CollectionDefinition(nameof(IdleUploadTests), DisableParallelization = true)]
public sealed class IdleUploadTests : IAsyncLifetime
{
    private const int Uploads = 1_000;

    private readonly BlobHouse house = new();
    private readonly List<StagedBlob> idle = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var staged in idle)
        {
            await staged.DisposeAsync();
        }

        house.Dispose();
    }

    [Fact]
    public async Task A_thousand_persisted_uploads_hold_neither_buffers_nor_files()
    {
        var content = BlobHouse.Content(100_000);
        await PersistAsync(content);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Uploads; i++)
        {
            await PersistAsync(content);
        }

        Assert.InRange((GC.GetTotalMemory(forceFullCollection: true) - before) / Uploads, long.MinValue, 2_000);
        Assert.Equal(0, house.CountOpenFiles());
    }

    private async Task PersistAsync(byte[] content)
    {
        var staged = await house.StageAsync();
        idle.Add(staged);
        await staged.WriteAsync(content, default);
        await staged.PersistAsync(default);
    }
}
