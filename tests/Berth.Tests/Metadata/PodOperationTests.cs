using System.Text.Json;

namespace Berth.Tests.Metadata;

/// <summary>Berth's own operations on associations of pods.</summary>
public sealed class PodOperationTests : IAsyncLifetime
{
    private PodHost pods = null!;

    public async ValueTask InitializeAsync() => pods = await PodHost.StartAsync();

    public ValueTask DisposeAsync() => pods.DisposeAsync();

    [Fact]
    public async Task An_association_is_made_listed_and_deleted()
    {
        await DeleteAsync();

        var made = await pods.AssociateAsync("web");

        var id = made.GetProperty("associationId").GetString();
        Assert.Equal(
            $$"""{"associationArn":"arn:aws:eks:us-east-1:123456789012:podidentityassociation/main/{{id}}","associationId":"{{id}}","clusterName":"main","issuer":"{{pods.Issuer.Url}}","namespace":"apps","serviceAccount":"web","roleArn":"arn:aws:iam::123456789012:role/fleet/puller","createdAt":1768478400}""",
            made.GetRawText());
        Assert.Equal($$"""{"associations":[{{made.GetRawText()}}]}""", (await pods.DoAsync("ListPodIdentityAssociations", new { })).GetRawText());

        Assert.Equal((200, "{}"), await pods.Host.CallAsync("DeletePodIdentityAssociation", new { clusterName = "main", associationId = id }));

        Assert.Equal("""{"associations":[]}""", (await pods.DoAsync("ListPodIdentityAssociations", new { })).GetRawText());
    }

    [Fact]
    public async Task Associations_are_listed_page_by_page()
    {
        string[] made = [pods.Association, Id(await pods.AssociateAsync("two")), Id(await pods.AssociateAsync("three"))];

        var first = await pods.DoAsync("ListPodIdentityAssociations", new { maxResults = 2 });
        var second = await pods.DoAsync("ListPodIdentityAssociations", new { maxResults = 2, nextToken = first.GetProperty("nextToken").GetString() });

        Assert.Equal(made.Order(StringComparer.Ordinal).Take(2), first.GetProperty("associations").EnumerateArray().Select(Id), StringComparer.Ordinal);
        Assert.Equal(made.Order(StringComparer.Ordinal).Skip(2), second.GetProperty("associations").EnumerateArray().Select(Id), StringComparer.Ordinal);
        Assert.False(second.TryGetProperty("nextToken", out _));
    }

    [Theory]
    [InlineData("serviceAccount", "puller", "Pod identity association with name {id} already exists.")]
    [InlineData("issuer", "https://other.example", "No OpenIDConnect provider found in your account for https://other.example")]
    [InlineData("roleArn", "arn:aws:iam::123456789012:role/absent", "The role with name arn:aws:iam::123456789012:role/absent cannot be found.")]
    [InlineData("roleArn", "arn:aws:iam::123456789012:user/ann", @"Invalid parameter at 'roleArn' failed to satisfy constraint: 'must satisfy regular expression 'arn:aws[a-z-]*:iam::[0-9]{12}:role/[\w+=,.@/-]+''")]
    [InlineData("clusterName", "a/b", "Invalid parameter at 'clusterName' failed to satisfy constraint: 'must satisfy regular expression '[0-9A-Za-z][A-Za-z0-9_-]*''")]
    [InlineData("namespace", "Apps", "Invalid parameter at 'namespace' failed to satisfy constraint: 'must satisfy regular expression '[a-z0-9]([-a-z0-9]*[a-z0-9])?''")]
    [InlineData("serviceAccount", "a:b", "Invalid parameter at 'serviceAccount' failed to satisfy constraint: 'must satisfy regular expression '[a-z0-9]([-.a-z0-9]*[a-z0-9])?''")]
    public async Task What_cannot_be_associated_is_refused(string member, string value, string message)
    {
        var request = JsonSerializer.SerializeToNode(pods.RequestFor("web"))!;
        request[member] = value;

        await AssertRefusedAsync("CreatePodIdentityAssociation", request, message.Replace("{id}", pods.Association, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_association_is_deleted_only_as_one_of_its_cluster()
    {
        var message = $"The pod identity association with name {pods.Association} cannot be found.";

        await AssertRefusedAsync("DeletePodIdentityAssociation", new { clusterName = "other", associationId = pods.Association }, message);
        await DeleteAsync();
        await AssertRefusedAsync("DeletePodIdentityAssociation", new { clusterName = "main", associationId = pods.Association }, message);
    }

    [Fact]
    public async Task Whoever_associates_a_role_must_be_allowed_to_pass_it_to_pods()
    {
        await pods.AllowAsync(
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"berth:*","Resource":"arn:aws:eks:us-east-1:123456789012:podidentityassociation/main/*"},
              {"Effect":"Allow","Action":"iam:PassRole","Resource":"*","Condition":{"StringEquals":{"iam:PassedToService":"ec2.amazonaws.com"}}}]}
            """);
        var given = await pods.GiveAsync();

        var refused = await pods.Host.CallAsync("CreatePodIdentityAssociation", pods.RequestFor("web"), given);
        Assert.Equal(400, refused.Status);
        Assert.Contains(
            "is not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role/fleet/puller because no identity-based policy allows the iam:PassRole action",
            refused.Body,
            StringComparison.Ordinal);

        await pods.AllowAsync(
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"berth:*","Resource":"arn:aws:eks:us-east-1:123456789012:podidentityassociation/main/*"},
              {"Effect":"Allow","Action":"iam:PassRole","Resource":"*","Condition":{"StringEquals":{"iam:PassedToService":"pods.eks.amazonaws.com"}}}]}
            """);
        Assert.Equal(200, (await pods.Host.CallAsync("CreatePodIdentityAssociation", pods.RequestFor("web"), given)).Status);
        var elsewhere = await pods.Host.CallAsync("CreatePodIdentityAssociation", pods.RequestFor("web", "other"), given);
        Assert.Contains("is not authorized to perform: berth:CreatePodIdentityAssociation on resource: arn:aws:eks:us-east-1:123456789012:podidentityassociation/other/*", elsewhere.Body, StringComparison.Ordinal);
    }

    private static string Id(JsonElement association) => association.GetProperty("associationId").GetString()!;

    private Task DeleteAsync() => pods.DoAsync("DeletePodIdentityAssociation", new { clusterName = "main", associationId = pods.Association });

    private async Task AssertRefusedAsync(string operation, object request, string message)
    {
        var (status, body) = await pods.Host.CallAsync(operation, request);
        var error = JsonSerializer.Deserialize<JsonElement>(body);
        Assert.Equal((400, "InvalidParameterException", message), (status, error.GetProperty("__type").GetString(), error.GetProperty("message").GetString()));
    }
}
