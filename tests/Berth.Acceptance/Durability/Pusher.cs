using Berth.Acceptance.Images;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Durability;

/// <summary>A client that pushes one new image after the other and remembers those it was told are stored.</summary>
internal sealed class Pusher(string repository, Func<string, string, Task<Outcome>> push, int seed)
{
    private readonly Random chance = new(seed);
    private int count;

    /// <summary>An image whose push the client reported as done.</summary>
    public sealed record Acknowledged(string Name, SmallImage Image);

    /// <summary>Pushes until <paramref name="killed"/>; a push that fails before that fails the test.</summary>
    public async Task<IReadOnlyList<Acknowledged>> PushAsync(Desk desk, CancellationToken killed)
    {
        var acknowledged = new List<Acknowledged>();
        while (!killed.IsCancellationRequested)
        {
            var image = SmallImage.OfSize(chance.Next(1_000, 2_000_000), chance.Next());
            var name = $"{repository}:{++count}";
            var layout = desk.Home.Path(repository, $"{count}");
            image.WriteLayout(layout, "v1");
            var outcome = await push(layout, name);
            if (outcome.ExitCode == 0)
            {
                acknowledged.Add(new(name, image));
            }
            else if (!killed.IsCancellationRequested)
            {
                outcome.Succeeded();
            }

            Directory.Delete(layout, recursive: true);
        }

        return acknowledged;
    }
}
