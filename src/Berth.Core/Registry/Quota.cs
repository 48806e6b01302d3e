using System.Collections.Immutable;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>One of the <see cref="Quotas"/> that can be set for an account, by its name.</summary>
public sealed class Quota
{
    /// <summary>What stands before the operation in the name of a rate: <c>rate/ecr:PutImage</c>.</summary>
    public const string RatePrefix = "rate/";

    private const int HighestRate = 1_000_000;

    private static readonly Quota[] Sizes =
    [
        new("repositories", "Repositories in a registry.", int.MaxValue, has => has.Repositories, (has, value) => has with { Repositories = (int)value }),
        new("images-per-repository", "Images in a repository, those in the archive not counted.", int.MaxValue,
            has => has.ImagesPerRepository, (has, value) => has with { ImagesPerRepository = (int)value }),
        new("tags-per-image", "Tags on an image.", int.MaxValue, has => has.TagsPerImage, (has, value) => has with { TagsPerImage = (int)value }),
        new("layer-size", "Bytes in a layer.", long.MaxValue, has => has.LayerSize, (has, value) => has with { LayerSize = value }),
    ];

    private readonly Func<Quotas, long> read;
    private readonly Func<Quotas, long, Quotas> apply;

    private Quota(string name, string summary, long most, Func<Quotas, long> read, Func<Quotas, long, Quotas> apply)
    {
        (Name, Summary, Most) = (name, summary, most);
        (this.read, this.apply) = (read, apply);
    }

    /// <summary>All of them: the sizes, then the rate of every operation of ECR's.</summary>
    public static ImmutableArray<Quota> All { get; } = [.. Sizes, .. EcrActions.Calls.Order(StringComparer.Ordinal).Select(name => RateOf($"ecr:{name}"))];

    /// <summary>Such as <c>images-per-repository</c>, or <c>rate/ecr:PutImage</c>.</summary>
    public string Name { get; }

    /// <summary>What it bounds, in which unit.</summary>
    public string Summary { get; }

    /// <summary>The highest value it may have; the least is 1, and for a rate 0, which is none at all.</summary>
    public long Most { get; }

    /// <summary>The lowest value it may have.</summary>
    public long Least => IsRate ? 0 : 1;

    private bool IsRate => Name.StartsWith(RatePrefix, StringComparison.Ordinal);

    /// <summary>The quota of that name, or the fault <see cref="QuotaUnknown"/>.</summary>
    public static Quota Get(string name) =>
        All.FirstOrDefault(quota => string.Equals(quota.Name, name, StringComparison.Ordinal)) ?? throw new QuotaUnknown(name).AsException();

    /// <summary>Its value; 0 for a rate that is not limited.</summary>
    public long Of(Quotas quotas) => read(quotas);

    /// <summary>The quotas with another value of this one. A value out of range is the fault <see cref="QuotaOutOfRange"/>.</summary>
    public Quotas Apply(Quotas quotas, long value) => value >= Least && value <= Most
        ? apply(quotas, value)
        : throw new QuotaOutOfRange(Name, Least, Most).AsException();

    private static Quota RateOf(string action) => new(
        RatePrefix + action,
        $"Calls of {action} a second, on each node; 0 for no limit.",
        HighestRate,
        has => has.Rates.GetValueOrDefault(action),
        (has, value) => has with { Rates = value == 0 ? has.Rates.Remove(action) : has.Rates.SetItem(action, (int)value) });
}
