namespace Berth.Vocabulary;

/// <summary>What is wrong with a look-up in the trail; CloudTrail has an error for each.</summary>
public enum LookupMistake
{
    /// <summary>The attributes.</summary>
    Attributes,

    /// <summary>The times.</summary>
    TimeRange,

    /// <summary>The size of the page.</summary>
    MaxResults,

    /// <summary>The token of the page.</summary>
    NextToken,

    /// <summary>The category of events.</summary>
    EventCategory,
}

/// <summary>The trail cannot be looked up so.</summary>
/// <param name="Mistake">What is wrong.</param>
/// <param name="Message">The sentence.</param>
public sealed record LookupInvalid(LookupMistake Mistake, string Message) : Fault(Message);
