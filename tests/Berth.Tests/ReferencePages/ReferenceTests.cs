using Berth.Server.Aws;

namespace Berth.Tests.ReferencePages;

/// <summary>The generated pages of docs/reference say what the code says.</summary>
[Trait("layer", "docs")]
public sealed class ReferenceTests
{
    [Fact]
    public async Task The_page_on_operations_is_current()
    {
        await using var berth = await BerthHost.StartAsync();
        await ReferencePage.CheckAsync("operations.md", OperationsPage.Write(ServicesOf(berth)));
    }

    [Fact]
    public async Task The_page_on_each_service_is_current()
    {
        await using var berth = await BerthHost.StartAsync();
        foreach (var service in ServicesOf(berth))
        {
            await ReferencePage.CheckAsync($"operations/{service.Name}.md", OperationsPage.Write(service));
        }
    }

    [Fact]
    public async Task The_page_on_IAM_is_current()
    {
        await using var berth = await BerthHost.StartAsync();
        await ReferencePage.CheckAsync("iam.md", IamPage.Write(ServicesOf(berth), berth.Server.Endpoints));
    }

    [Fact]
    public async Task The_page_on_the_trail_is_current()
    {
        await using var berth = await BerthHost.StartAsync();
        await ReferencePage.CheckAsync("trail.md", TrailPage.Write(ServicesOf(berth), berth.Server.Endpoints));
    }

    [Fact]
    public Task The_page_on_errors_is_current() => ReferencePage.CheckAsync("errors.md", ErrorsPage.Write());

    [Fact]
    public Task The_page_on_configuration_is_current() => ReferencePage.CheckAsync("configuration.md", ConfigurationPage.Write());

    private static Service[] ServicesOf(BerthHost berth) =>
        [.. berth.Server.Services.OrderBy(service => service.Name, StringComparer.Ordinal)];
}
