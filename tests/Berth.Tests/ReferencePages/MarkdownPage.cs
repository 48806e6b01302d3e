using System.Text;

namespace Berth.Tests.ReferencePages;

/// <summary>A page of GitHub's Markdown, put together block by block.</summary>
internal sealed class MarkdownPage
{
    private readonly StringBuilder text = new();

    public MarkdownPage(string title, string introduction)
    {
        Heading(1, title);
        Paragraph(introduction);
    }

    public static string Code(string text) => $"`{text}`";

    /// <summary>Plain text; angle brackets would else begin a tag.</summary>
    public static string Text(string text) => text.Replace("<", @"\<", StringComparison.Ordinal);

    /// <summary>A link to a heading of the same page.</summary>
    public static string LinkTo(string heading) =>
        $"[{heading}](#{heading.ToLowerInvariant().Replace(":", "", StringComparison.Ordinal).Replace(' ', '-')})";

    public void Heading(int level, string heading) => Block($"{new string('#', level)} {heading}");

    public void Paragraph(string paragraph) => Block(paragraph);

    public void List(IEnumerable<string> items) => Block(string.Join('\n', items.Select(item => $"- {item}")));

    /// <summary>A table without those of its columns that are empty in every row.</summary>
    public void Table(string[] headings, IReadOnlyList<string[]> rows)
    {
        var filled = Enumerable.Range(0, headings.Length).Where(column => rows.Any(row => row[column].Length > 0)).ToArray();
        string[] lines = [Line(headings), Line([.. headings.Select(_ => "---")]), .. rows.Select(Line)];
        Block(string.Join('\n', lines));

        string Line(string[] cells) =>
            $"| {string.Join(" | ", filled.Select(column => cells[column].Replace("|", @"\|", StringComparison.Ordinal)))} |";
    }

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    private void Block(string block)
    {
        if (text.Length > 0)
        {
            text.Append('\n');
        }

        text.Append(block).Append('\n');
    }
}
