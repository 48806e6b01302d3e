using System.CommandLine;
using System.Globalization;
using Berth.Server.Hosting;

namespace Berth.Server.Commands;

/// <summary>
/// <c>berth collect</c>: a collection at once, on a deployment whose server is stopped (the running server collects by
/// itself).
/// </summary>
internal static class CollectCommand
{
    public static Command Create()
    {
        var grace = new Option<string?>("--grace")
        {
            Description = "Collect what has been given up for longer than this, in place of the configured periods; 0s for everything.",
            HelpName = "DURATION",
        };
        var command = new Command("collect", "Delete bytes that no image refers to; the server must be stopped.")
        {
            CommonOptions.Data,
            CommonOptions.Config,
            grace,
        };
        command.SetToolAction((parsed, cancel) => CollectAsync(CommonOptions.Read(parsed), parsed.GetValue(grace), cancel));
        return command;
    }

    private static async Task CollectAsync(BerthOptions options, string? grace, CancellationToken cancel)
    {
        if (grace is not null)
        {
            options = Duration.TryParse(grace, out var period)
                ? options with { Retention = options.Retention with { Grace = period, UploadExpiry = period } }
                : throw new ConfigurationException($"--grace is '{grace}'; allowed is: {Duration.Allowed}");
        }

        var time = TimeProvider.System;
        await using var stores = await Stores.OpenAsync(options, time, new(), cancel);
        await using var domain = new Domain(stores, options, time);

        // Nothing else runs on these stores, so what was written up to now counts: one tick later is past all of it.
        var now = time.GetUtcNow() + TimeSpan.FromMilliseconds(1);
        var uploads = await domain.Collector.ExpireUploadsAsync(now - options.Retention.UploadExpiry, cancel);
        var layers = await domain.Collector.FreeLayersAsync(now - options.Retention.Grace, cancel);
        var strays = await domain.Collector.SweepAsync(now - options.Retention.UploadExpiry, cancel);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"ended {uploads} uploads; deleted {layers.Blobs} layers of {layers.Bytes} bytes and {strays.Blobs} stray objects of {strays.Bytes} bytes"));
    }
}
