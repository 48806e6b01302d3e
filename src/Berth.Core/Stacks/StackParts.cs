using Berth.Jobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;
using Microsoft.Extensions.Logging;

namespace Berth.Stacks;

/// <summary>What stacks are made with.</summary>
public sealed record StackParts
{
    /// <summary>Where they are kept.</summary>
    public required Database Database { get; init; }

    /// <summary>Through which they are worked on.</summary>
    public required JobQueue Jobs { get; init; }

    /// <summary>What they may have.</summary>
    public required ResourceCatalogue Types { get; init; }

    /// <summary>On whose behalf.</summary>
    public required StackCallers Callers { get; init; }

    /// <summary>Where templates are read from.</summary>
    public required TemplateSource Templates { get; init; }

    /// <summary>Chance.</summary>
    public required Ids Ids { get; init; }

    /// <summary>Time.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Where a bug of a type is told.</summary>
    public required ILogger<StackJobHandler> Log { get; init; }

    internal StackEvents Events => new(Ids, Time);
}
