using System.Net;
using Berth.Identity.Entities;
using Berth.Tests.Ecr;

namespace Berth.Tests.Gate;

/// <summary>Who is of another account needs both sides; and what it may not use, it does not learn of.</summary>
public sealed class CrossAccountTests : IAsyncLifetime
{
    private const string App = "arn:aws:ecr:us-east-1:123456789012:repository/app";
    private const string Gone = "arn:aws:ecr:us-east-1:123456789012:repository/gone";
    private const string OtherRoot = """{"AWS":"arn:aws:iam::210987654321:root"}""";

    private GateHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await GateHost.StartAsync();
        await host.Root.DoAsync("CreateRepository", new { repositoryName = "app" });
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Both_sides_allow()
    {
        await host.Root.SetPolicyAsync("app", Policies.OfRepository("Allow", OtherRoot, "ecr:ListImages"));
        var ann = await host.UserAsync("ann", Policies.AllowsEcr, GateHost.Other);

        var (json, tags) = await ListAsync(ann, "app");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (json.Status, tags.Status));
    }

    [Fact]
    public async Task Only_the_identity_allows()
    {
        var ann = await host.UserAsync("ann", Policies.AllowsEcr, GateHost.Other);

        await AssertDeniedAsync(ann, "app", $"on resource: {App} because no resource-based policy allows the ecr:ListImages action");
    }

    [Fact]
    public async Task Only_the_repository_allows()
    {
        await host.Root.SetPolicyAsync("app", Policies.OfRepository("Allow", OtherRoot, "ecr:ListImages"));
        var ann = await host.UserAsync("ann", policy: null, GateHost.Other);

        await AssertDeniedAsync(ann, "app", $"on resource: {App} because no identity-based policy allows the ecr:ListImages action");
    }

    [Fact]
    public async Task A_repository_that_is_missing_is_denied_like_one_that_is_there()
    {
        var ann = await host.UserAsync("ann", Policies.AllowsEcr, GateHost.Other);

        await AssertDeniedAsync(ann, "gone", $"on resource: {Gone} because no resource-based policy allows the ecr:ListImages action");
        var described = await ann.CallAsync("DescribeRepositories", new { registryId = GateHost.Own, repositoryNames = EcrHost.Texts("gone") });
        Assert.Equal(
            $"User: {ann.Arn} is not authorized to perform: ecr:DescribeRepositories on resource: {Gone} because no resource-based policy allows the ecr:DescribeRepositories action",
            described.Error.Text);
    }

    [Fact]
    public async Task The_repositories_of_another_account_are_not_listed()
    {
        var ann = await host.UserAsync("ann", Policies.AllowsEcr, GateHost.Other);

        Assert.Equal("AccessDeniedException", (await ann.CallAsync("DescribeRepositories", new { registryId = GateHost.Own })).Error.Code);
        Assert.Equal("DENIED", (await ann.SendAsync("GET", "/v2/_catalog")).Error.Code);
        Assert.Equal(0, (await ann.DoAsync("DescribeRepositories", new { })).GetProperty("repositories").GetArrayLength());
    }

    [Fact]
    public async Task A_registrys_policy_grants_what_is_in_it_and_what_is_not_there_yet()
    {
        await PutRegistryPolicyAsync("Allow", OtherRoot, "ecr:*", "arn:aws:ecr:us-east-1:123456789012:repository/shared/*");
        var ann = await host.UserAsync("ann", Policies.AllowsEcr, GateHost.Other);

        var created = await ann.CallAsync("CreateRepository", new { registryId = GateHost.Own, repositoryName = "shared/app" });

        Assert.Equal(HttpStatusCode.OK, created.Status);
        var (json, tags) = await ListAsync(ann, "shared/app");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (json.Status, tags.Status));
        await AssertDeniedAsync(ann, "app", $"on resource: {App} because no resource-based policy allows the ecr:ListImages action");
    }

    [Fact]
    public async Task A_registrys_policy_forbids_to_its_own_account_too()
    {
        await PutRegistryPolicyAsync("Deny", "\"*\"", "ecr:ListImages", "*");
        var ann = await host.UserAsync("ann", Policies.AllowsEcr);

        await AssertDeniedAsync(ann, "app", $"on resource: {App} with an explicit deny in a resource-based policy");
        await AssertDeniedAsync(host.Root, "app", $"on resource: {App} with an explicit deny in a resource-based policy");
        await PutRegistryPolicyAsync("Deny", "\"*\"", "ecr:DescribeRegistry", "*");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await ListAsync(ann, "app") is var (json, tags) ? json.Status : default, tags.Status));
        Assert.Equal(
            $"User: {ann.Arn} is not authorized to perform: ecr:DescribeRegistry on resource: * with an explicit deny in a resource-based policy",
            (await ann.CallAsync("DescribeRegistry", new { })).Error.Text);
    }

    [Fact]
    public async Task A_registrys_policy_says_nothing_of_tokens_nor_of_other_Regions()
    {
        await PutRegistryPolicyAsync("Deny", """{"AWS":"210987654321"}""", "ecr:*", "*");
        await PutRegistryPolicyAsync("Deny", "\"*\"", "ecr:Get*", "*");
        var ann = await host.UserAsync("ann", Policies.AllowsEcr);

        Assert.True((await ann.CallAsync("GetAuthorizationToken", new { })).IsAllowed);
        Assert.True((await ann.CallAsync("GetRegistryPolicy", new { }, region: "eu-central-1")).IsAllowed);
        Assert.False((await ann.CallAsync("GetRegistryPolicy", new { })).IsAllowed);
    }

    [Fact]
    public async Task Within_an_account_the_repository_alone_may_grant()
    {
        var ann = await host.UserAsync("ann", policy: null);
        await AssertDeniedAsync(ann, "app", $"on resource: {App} because no identity-based policy allows the ecr:ListImages action");

        await host.Root.SetPolicyAsync("app", Policies.OfRepository("Allow", $$"""{"AWS":"{{ann.Arn}}"}""", "ecr:ListImages"));

        var (json, tags) = await ListAsync(ann, "app");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (json.Status, tags.Status));
        await host.DeleteAsync(EntityKind.User, "ann");
        var again = await host.UserAsync("ann", policy: null);
        await AssertDeniedAsync(again, "app", $"on resource: {App} because no identity-based policy allows the ecr:ListImages action");
    }

    private Task PutRegistryPolicyAsync(string effect, string principal, string action, string resource) =>
        host.Root.DoAsync("PutRegistryPolicy", new { policyText = Policies.OfRegistry(effect, principal, action, resource) });

    private static async Task<(GateReply Json, GateReply Tags)> ListAsync(Actor actor, string repository) => (
        await actor.CallAsync("ListImages", new { registryId = GateHost.Own, repositoryName = repository }),
        await actor.SendAsync("GET", $"/v2/{repository}/tags/list"));

    private static async Task AssertDeniedAsync(Actor actor, string repository, string because)
    {
        var sentence = $"User: {actor.Arn} is not authorized to perform: ecr:ListImages {because}";

        var (json, tags) = await ListAsync(actor, repository);

        Assert.Equal((HttpStatusCode.BadRequest, ("AccessDeniedException", sentence)), (json.Status, json.Error));
        Assert.Equal((HttpStatusCode.Forbidden, ("DENIED", sentence)), (tags.Status, tags.Error));
    }
}
