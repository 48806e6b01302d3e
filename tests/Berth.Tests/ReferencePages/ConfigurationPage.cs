using Berth.Server.Hosting;

namespace Berth.Tests.ReferencePages;

/// <summary>docs/reference/configuration.md.</summary>
internal static class ConfigurationPage
{
    private const string Introduction =
        """
        Nothing has to be configured. What is, is read from `berth.json` in the data folder (or the file that `--config` names), then
        from the environment, then from the command line (`berth serve --help`); the later wins. A setting that is not known, or a value
        that is not allowed, ends the start with a message that names it. Case does not matter in names.

        In `berth.json` sections are objects; comments and trailing commas are allowed:

        ```json
        {
          "Listen": ["https://*:443"],
          "Tls": { "Certificate": "/etc/berth/tls.crt", "Key": "/etc/berth/tls.key" },
          "Hosts": { "registry.example": "123456789012/eu-central-1" }
        }
        ```
        """;

    private const string Hosts =
        """
        The section `Hosts` maps further host names to registries, each written `account/region`. In the environment a name stands
        behind `BERTH_Hosts__`, such as `BERTH_Hosts__registry.example=123456789012/eu-central-1`.
        """;

    private const string Endpoints =
        """
        The section `Endpoints` gives VPC endpoints addresses of their own, written as those of `Listen`: what arrives there came through
        that endpoint ([In a private network](../guide/private-network.md)). In the environment the id of an endpoint stands behind
        `BERTH_Endpoints__`, such as `BERTH_Endpoints__vpce-0123456789abcdef0=https://10.0.1.5:443`.
        """;

    public static MarkdownPage Write()
    {
        var page = new MarkdownPage("Configuration", Introduction);
        page.Heading(2, "Settings");
        page.Table(
            ["Setting", "Environment variable", "Default"],
            [.. Settings.All.Select(setting => new[]
            {
                MarkdownPage.LinkTo(setting.Name), MarkdownPage.Code(setting.EnvironmentName), DefaultOf(setting),
            })]);
        page.Paragraph(Hosts);
        page.Paragraph(Endpoints);
        foreach (var setting in Settings.All)
        {
            page.Heading(3, setting.Name);
            page.Paragraph(MarkdownPage.Text(setting.Summary));
            page.List([$"Allowed: {MarkdownPage.Text(setting.Allowed)}", $"Default: {DefaultOf(setting)}"]);
        }

        return page;
    }

    // Sentences are left as they are; values are set off from them.
    private static string DefaultOf(Setting setting) =>
        setting.Default.Contains(' ', StringComparison.Ordinal) || setting.Default is "none"
            ? MarkdownPage.Text(setting.Default)
            : MarkdownPage.Code(setting.Default);
}
