using BenchmarkDotNet.Attributes;
using Berth.Lifecycle;
using Berth.Registry;

namespace Berth.Bench.Lifecycle;

/// <summary>One evaluation of a policy of 50 rules over the images of a repository, as they would stream from its rows.</summary>
public class LifecycleBenchmark
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly LifecyclePolicy policy = new()
    {
        Rules =
        [
            .. Enumerable.Range(1, 49).Select(number => new LifecycleRule
            {
                Priority = number,
                TagStatus = TagStatus.Tagged,
                TagPatterns = [number % 2 == 0 ? $"team{number}-*" : $"*-branch{number}-*"],
                Measure = number % 3 == 0 ? LifecycleMeasure.SincePushed : LifecycleMeasure.ImageCount,
                Number = 30,
                Action = LifecycleAction.Expire,
            }),
            new() { Priority = 50, TagStatus = TagStatus.Any, Measure = LifecycleMeasure.ImageCount, Number = 1000, Action = LifecycleAction.Expire },
        ],
    };

    private LifecycleImage[] images = [];

    [Params(1_000, 100_000)]
    public int Images { get; set; }

    [GlobalSetup]
    public void Setup() => images =
    [
        .. Enumerable.Range(0, Images).Select(i => new LifecycleImage
        {
            Digest = $"sha256:{(uint)i * 2_654_435_761u:x64}",
            Tags = i % 5 == 0 ? [] : [$"team{i % 60}-build{i}", $"main-branch{i % 55}-{i}"],
            PushedAt = Now.AddMinutes(-i).ToUnixTimeMilliseconds(),
        }),
    ];

    [Benchmark]
    public int Evaluate()
    {
        var rules = new LifecycleRules(policy, Now);
        foreach (var image in images)
        {
            rules.Add(image);
        }

        return rules.Decide().StepCount;
    }
}
