using System.Text.Json;
using Berth.Vocabulary;

namespace Berth.Stacks;

/// <summary>A row of <c>stack</c>.</summary>
internal sealed record StackRow
{
    public string Id { get; init; } = "";

    public string Account { get; init; } = "";

    public string Region { get; init; } = "";

    public string Name { get; init; } = "";

    public string Status { get; init; } = "";

    public string? StatusReason { get; init; }

    public string? ParentId { get; init; }

    public string? RootId { get; init; }

    public string Source { get; init; } = "";

    public string? Former { get; init; }

    public string Operation { get; init; } = "";

    public byte[]? Caller { get; init; }

    public string Outputs { get; init; } = "";

    public bool Protected { get; init; }

    public string? ChangeSetId { get; init; }

    public long CreatedAt { get; init; }

    public long? UpdatedAt { get; init; }

    public long? DeletedAt { get; init; }

    public Stack ToStack() => new(Id, Name, new(AccountId.Parse(Account), RegionName.Parse(Region)))
    {
        Status = Status,
        StatusReason = StatusReason,
        ParentId = ParentId,
        RootId = RootId,
        Source = JsonSerializer.Deserialize<StackSource>(Source)!,
        Former = Former is null ? null : JsonSerializer.Deserialize<StackSource>(Former),
        Operation = JsonSerializer.Deserialize<StackOperation>(Operation)!,
        Caller = Caller,
        Outputs = JsonSerializer.Deserialize<StackOutput[]>(Outputs)!,
        IsProtected = Protected,
        ChangeSetId = ChangeSetId,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        UpdatedAt = MomentOf(UpdatedAt),
        DeletedAt = MomentOf(DeletedAt),
    };

    private static DateTimeOffset? MomentOf(long? milliseconds) =>
        milliseconds is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null;
}
