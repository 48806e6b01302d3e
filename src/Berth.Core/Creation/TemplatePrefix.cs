using Berth.Vocabulary;

namespace Berth.Creation;

/// <summary>
/// Which repositories a template is for: those below its prefix, of which a slash at the end is no part, or with <c>ROOT</c> all that no
/// other template is for. A repository named as the prefix itself does not lie below it.
/// </summary>
public static class TemplatePrefix
{
    /// <summary>The prefix of a template for every repository. No repository can be named so: names have no capitals.</summary>
    public const string Root = "ROOT";

    /// <summary>The prefix as rows keep it.</summary>
    public static string Normalize(string prefix) => prefix.TrimEnd('/');

    /// <summary>The prefixes a repository lies below, the longest first and the root last.</summary>
    public static IReadOnlyList<string> Of(RepositoryName name)
    {
        var (text, prefixes) = (name.ToString(), new List<string>());
        for (var slash = text.LastIndexOf('/'); slash > 0; slash = text.LastIndexOf('/', slash - 1))
        {
            prefixes.Add(text[..slash]);
        }

        prefixes.Add(Root);
        return prefixes;
    }
}
