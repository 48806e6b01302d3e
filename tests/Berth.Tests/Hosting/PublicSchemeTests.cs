using System.Net;

namespace Berth.Tests.Hosting;

/// <summary>URLs are written for clients, who may speak TLS to a proxy while the proxy does not speak it here.</summary>
public sealed class PublicSchemeTests
{
    [Theory]
    [InlineData(null, "http")]
    [InlineData("https", "https")]
    public async Task The_URLs_of_answers_have_the_scheme_that_clients_speak(string? configured, string scheme)
    {
        await using var berth = await BerthHost.StartAsync(options => options with { PublicScheme = configured });

        using var answer = await berth.Http.GetAsync(new Uri("/v2/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(
            $"Basic realm=\"{scheme}://{berth.Url.Authority}/\",service=\"ecr.amazonaws.com\"",
            answer.Headers.WwwAuthenticate.ToString().Replace(", ", ",", StringComparison.Ordinal));
    }
}
