using System.Text;
using Berth.Vocabulary;

namespace Berth.Identity.Sessions;

/// <summary>
/// How much of a session's room its policies and tags take. Tokens travel in headers, an authorization token made with one
/// in base 64 of base 64, so what a caller puts into them has one bound for all.
/// </summary>
public static class PackedSize
{
    /// <summary>In bytes.</summary>
    public const int Room = 4096;

    /// <summary>
    /// The percentage that is taken; null for a session with neither. More than there is room for is the fault
    /// <see cref="PackedPolicyTooLarge"/>.
    /// </summary>
    public static int? PercentOf(SessionLimits limits, SessionTags tags)
    {
        var policies = SizeOf([limits.Policy ?? "", .. limits.PolicyArns]);
        var size = policies + SizeOf([.. tags.All.SelectMany(tag => new[] { tag.Key, tag.Value }), .. tags.TransitiveKeys]);
        var percent = (size * 100 + Room - 1) / Room;
        return percent switch
        {
            0 => null,
            > 100 when policies > 0 => throw new PackedPolicyTooLarge(
                $"Packed policy consumes {percent}% of allotted space, please use smaller policy.").AsException(),
            > 100 => throw new PackedPolicyTooLarge($"Packed size of session tags consumes {percent}% of allotted space.").AsException(),
            _ => percent,
        };
    }

    private static int SizeOf(IEnumerable<string> texts) => texts.Sum(Encoding.UTF8.GetByteCount);
}
