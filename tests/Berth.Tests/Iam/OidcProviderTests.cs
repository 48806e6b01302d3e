using Berth.Tests.Sts;

namespace Berth.Tests.Iam;

public sealed class OidcProviderTests : IAsyncLifetime
{
    private const string Print = "cf23df2207d99a74fbe169e3eba035e633b65d94";
    private const string Arn = "arn:aws:iam::123456789012:oidc-provider/oidc.example:6443/id/A1";

    private StsHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await StsHost.StartAsync();
        await DoAsync($"Action=CreateOpenIDConnectProvider&Url=https://oidc.example:6443/id/A1&ClientIDList.member.1=sts.amazonaws.com&ThumbprintList.member.1={Print}&Tags.member.1.Key=Team&Tags.member.1.Value=blue");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_provider_is_described_as_it_was_registered()
    {
        var reply = await DoAsync($"Action=GetOpenIDConnectProvider&OpenIDConnectProviderArn={Arn}");

        Assert.Equal(
            "<GetOpenIDConnectProviderResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><GetOpenIDConnectProviderResult>"
            + "<Url>oidc.example:6443/id/A1</Url><ClientIDList><member>sts.amazonaws.com</member></ClientIDList>"
            + $"<ThumbprintList><member>{Print}</member></ThumbprintList><CreateDate>2026-01-15T12:00:00Z</CreateDate>"
            + "<Tags><member><Key>Team</Key><Value>blue</Value></member></Tags></GetOpenIDConnectProviderResult>"
            + $"<ResponseMetadata><RequestId>{reply.Text("RequestId")}</RequestId></ResponseMetadata></GetOpenIDConnectProviderResponse>",
            reply.Body);
        Assert.Equal([Arn], (await DoAsync("Action=ListOpenIDConnectProviders")).Texts("Arn"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Audiences_thumbprints_and_tags_can_be_changed()
    {
        await DoAsync($"Action=AddClientIDToOpenIDConnectProvider&OpenIDConnectProviderArn={Arn}&ClientID=other");
        await DoAsync($"Action=AddClientIDToOpenIDConnectProvider&OpenIDConnectProviderArn={Arn}&ClientID=other");
        await DoAsync($"Action=RemoveClientIDFromOpenIDConnectProvider&OpenIDConnectProviderArn={Arn}&ClientID=sts.amazonaws.com");
        await DoAsync($"Action=UpdateOpenIDConnectProviderThumbprint&OpenIDConnectProviderArn={Arn}&ThumbprintList.member.1={new string('A', 40)}");
        await DoAsync($"Action=TagOpenIDConnectProvider&OpenIDConnectProviderArn={Arn}&Tags.member.1.Key=Cost&Tags.member.1.Value=7");
        await DoAsync($"Action=UntagOpenIDConnectProvider&OpenIDConnectProviderArn={Arn}&TagKeys.member.1=Team");

        var provider = await DoAsync($"Action=GetOpenIDConnectProvider&OpenIDConnectProviderArn={Arn}");
        Assert.Equal(["other", new string('a', 40)], provider.Texts("member").Take(2), StringComparer.Ordinal);
        Assert.Equal(["Cost"], (await DoAsync($"Action=ListOpenIDConnectProviderTags&OpenIDConnectProviderArn={Arn}")).Texts("Key"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_deleted_provider_is_gone_and_deleting_it_again_is_no_error()
    {
        await DoAsync($"Action=DeleteOpenIDConnectProvider&OpenIDConnectProviderArn={Arn}");
        await DoAsync($"Action=DeleteOpenIDConnectProvider&OpenIDConnectProviderArn={Arn}");

        await host.AssertRefusedAsync(
            Signer.Root,
            $"Action=GetOpenIDConnectProvider&OpenIDConnectProviderArn={Arn}",
            404,
            "NoSuchEntity",
            $"OpenIDConnect Provider not found for arn {Arn}",
            "iam");
    }

    [Fact]
    public async Task A_provider_is_registered_once() => await host.AssertRefusedAsync(
        Signer.Root,
        "Action=CreateOpenIDConnectProvider&Url=https://oidc.example:6443/id/A1",
        409,
        "EntityAlreadyExists",
        "Provider with url https://oidc.example:6443/id/A1 already exists.",
        "iam");

    [Theory]
    [InlineData("http://oidc.example")]
    [InlineData("http://169.254.169.254/latest")]
    [InlineData("https://user@oidc.example")]
    [InlineData("https://oidc.example/?a=1")]
    [InlineData("https://oidc.example/#a")]
    [InlineData("https://oidc.example/*")]
    [InlineData("https://sts")]
    [InlineData("file:///etc/passwd")]
    [InlineData("oidc.example")]
    public async Task What_is_no_providers_URL_is_refused(string url) => await host.AssertRefusedAsync(
        Signer.Root,
        $"Action=CreateOpenIDConnectProvider&Url={Uri.EscapeDataString(url)}",
        400,
        "InvalidInput",
        "Invalid Open ID Connect Provider URL",
        "iam");

    private async Task<QueryReply> DoAsync(string form)
    {
        var reply = await host.CallAsync(Signer.Root, form, "iam");
        Assert.True(reply.Status == 200, reply.Body);
        return reply;
    }
}
