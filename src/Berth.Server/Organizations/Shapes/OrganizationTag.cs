using Berth.Server.Aws.Constraints;
using Berth.Vocabulary;

namespace Berth.Server.Organizations.Shapes;

/// <summary>A tag on something of the organization.</summary>
internal sealed record OrganizationTag
{
    private const string Characters = @"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$";

    [Length(1, 128), Pattern(Characters)]
    public required string Key { get; init; }

    [Length(0, 256), Pattern(Characters)]
    public required string Value { get; init; }

    /// <summary>Tags on policies and accounts are not kept yet, and are refused rather than forgotten.</summary>
    public static void RefuseAny(IReadOnlyList<OrganizationTag>? tags)
    {
        if (tags is { Count: > 0 })
        {
            throw new OrganizationConstraintViolated("tags on policies and accounts are not available here").AsException();
        }
    }
}
