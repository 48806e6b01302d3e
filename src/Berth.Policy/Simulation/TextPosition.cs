namespace Berth.Policy.Simulation;

/// <summary>A place in a document.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">In characters, from 1.</param>
public readonly record struct TextPosition(int Line, int Column)
{
    /// <summary>The place of a character.</summary>
    internal static TextPosition Of(ReadOnlySpan<char> text, int index)
    {
        var before = text[..index];
        return new(before.Count('\n') + 1, index - before.LastIndexOf('\n'));
    }
}
