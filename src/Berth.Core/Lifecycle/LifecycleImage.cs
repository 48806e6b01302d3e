using Berth.Registry;

namespace Berth.Lifecycle;

/// <summary>What the rules need of an image. Times are Unix milliseconds.</summary>
public sealed record LifecycleImage
{
    /// <summary>The manifest's digest.</summary>
    public required string Digest { get; init; }

    /// <summary>Its tags, in ordinal order.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>When it was pushed.</summary>
    public required long PushedAt { get; init; }

    /// <summary>When it was last pulled, as far as that is recorded.</summary>
    public long? PulledAt { get; init; }

    /// <summary>When it was last archived.</summary>
    public long? ArchivedAt { get; init; }

    /// <summary>When it last came back out of the archive.</summary>
    public long? ActivatedAt { get; init; }

    /// <summary>Whether it can be pulled, lies in the archive, or is on its way out of it.</summary>
    public ImageStatus Status { get; init; }

    /// <summary>The image this one is about: a signature's, an SBOM's.</summary>
    public string? Subject { get; init; }

    /// <summary>The images an index lists; none for another manifest.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>
    /// How young it is taken to be: since it came back out of the archive, if it ever did, else since it was pushed.
    /// </summary>
    public long ActiveSince => ActivatedAt ?? PushedAt;

    /// <summary>When it was last of use: pulled or brought back, whichever was later, else pushed.</summary>
    public long UsedAt => PulledAt is { } pulled ? Math.Max(pulled, ActivatedAt ?? pulled) : ActiveSince;

    /// <summary>
    /// A number that changes with its tags, its status or a restoration, so that who decided on it can tell that it is what was decided on.
    /// </summary>
    public long Mark
    {
        get
        {
            // FNV-1a: whoever contrives a collision gets an image taken that the rule would take the next day.
            const ulong Prime = 1_099_511_628_211;
            var mark = 14_695_981_039_346_656_037UL ^ (ulong)Status;
            mark = (mark * Prime) ^ (ulong)ActiveSince;
            foreach (var tag in Tags)
            {
                foreach (var character in tag)
                {
                    mark = (mark ^ character) * Prime;
                }

                mark = (mark ^ '\n') * Prime;
            }

            return (long)mark;
        }
    }
}
