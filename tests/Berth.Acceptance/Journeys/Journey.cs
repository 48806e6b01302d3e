using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

/// <summary>What one user does against a running server; a journey that fails shows what the server logged meanwhile.</summary>
public abstract class Journey(Server server) : IAsyncLifetime
{
    private readonly int logStart = server.Log.Length;

    /// <summary>The server of this class's tests; each test keeps to repositories of its own.</summary>
    protected Server Server => server;

    private protected Desk Desk { get; } = new();

    private protected Aws Aws => field ??= new(Desk, server);

    public async ValueTask InitializeAsync()
    {
        try
        {
            await ArriveAsync();
        }
        catch
        {
            // The runner disposes only of what was initialized.
            await DisposeAsync();
            throw;
        }
    }

    public virtual ValueTask DisposeAsync()
    {
        if (TestContext.Current.TestState?.Result is null or TestResult.Failed)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(server.Log[logStart..]);
        }

        Desk.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>What the user does before the journey starts: in most cases a login.</summary>
    private protected virtual Task ArriveAsync() => Task.CompletedTask;

    /// <summary>An image's full name at this server.</summary>
    protected string Named(string image) => $"{server.Registry}/{image}";

    /// <summary>Writes an image as an OCI layout under the tag `v1` and returns its folder.</summary>
    private protected string LayOut(SmallImage image, string name = "layout")
    {
        var folder = Desk.Home.Path(name);
        image.WriteLayout(folder, "v1");
        return folder;
    }
}
