using System.Text.Json;
using Berth.Tests.Ecr;
using Berth.Tests.Gate;
using Berth.Vocabulary;

namespace Berth.Tests.Trail;

/// <summary>Images and lifecycle policies of a running server, and what its trail says became of them.</summary>
internal static class LifecycleHost
{
    /// <summary>Pushes the image of a name, under that name as its tag.</summary>
    public static async Task PushAsync(this GateHost host, string repository, string name)
    {
        foreach (var blob in new[] { EcrHost.Config, EcrHost.Layer })
        {
            await host.Root.SendAsync("POST", $"/v2/{repository}/blobs/uploads/?digest={Digest.Sha256Of(blob)}", blob);
        }

        await host.Root.DoAsync("PutImage", new { repositoryName = repository, imageManifest = EcrHost.Manifest(name), imageTag = name });
    }

    /// <summary>Waits until the policy of a repository has run.</summary>
    public static Task UntilEvaluatedAsync(this GateHost host, string repository) => UntilAsync(
        () => host.Root.DoAsync("GetLifecyclePolicy", new { repositoryName = repository }), answer => answer.GetProperty("lastEvaluatedAt").GetDouble() > 0);

    /// <summary>Waits until the preview of a repository is made.</summary>
    public static Task UntilPreviewedAsync(this GateHost host, string repository) => UntilAsync(
        () => host.Root.DoAsync("GetLifecyclePolicyPreview", new { repositoryName = repository }), answer => answer.GetProperty("status").ValueEquals("COMPLETE"));

    /// <summary>Waits for a run that takes an image, and gives its digest.</summary>
    public static async Task<string?> FirstTakenAsync(this GateHost host)
    {
        var details = (await host.RecordAsync("PolicyExecutionEvent")).GetProperty("serviceEventDetails");
        return details.GetProperty("lifecycleEventImageActions")[0].GetProperty("lifecycleEventImage").GetProperty("digest").GetString();
    }

    // The jobs run beside; what they end with is waited for, not how long they take.
    private static async Task UntilAsync(Func<Task<JsonElement>> ask, Func<JsonElement, bool> isDone)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!isDone(await ask()))
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
