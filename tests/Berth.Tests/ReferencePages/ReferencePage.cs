namespace Berth.Tests.ReferencePages;

/// <summary>A generated page in docs/reference: compared with what the code says, or with <c>./test docs --write</c> written.</summary>
internal static class ReferencePage
{
    private static readonly bool Write = Environment.GetEnvironmentVariable("BERTH_WRITE_DOCS") is "1";

    public static async Task CheckAsync(string name, MarkdownPage page)
    {
        var path = Checkout.PathOf(Path.Combine("docs", "reference", name));
        if (Write)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, page.ToString());
            return;
        }

        var written = File.Exists(path) ? await File.ReadAllTextAsync(path) : "";
        if (!string.Equals(written, page.ToString(), StringComparison.Ordinal))
        {
            Assert.Fail($"docs/reference/{name} does not say what the code says, from line {FirstDifference(written, page.ToString())} on; run './test docs --write' and commit the page");
        }
    }

    private static int FirstDifference(string written, string generated) =>
        1 + written.Split('\n').Zip(generated.Split('\n')).TakeWhile(lines => string.Equals(lines.First, lines.Second, StringComparison.Ordinal)).Count();
}
