using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Berth.Identity;
using Berth.Tests.Aws;
using Berth.Vocabulary;

namespace Berth.Tests.Iam;

public sealed class AccessKeyTests : IAsyncLifetime
{
    private PeopleHost host = null!;

    public async ValueTask InitializeAsync() => host = await PeopleHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_keys_secret_is_told_once_and_signs_at_once()
    {
        await host.DoAsync("CreateUser", "UserName", "alice");

        var made = await host.DoAsync("CreateAccessKey", "UserName", "alice");

        var (id, secret) = (made["AccessKeyId"]!, made["SecretAccessKey"]!);
        Assert.Equal(
            $"<AccessKey><UserName>alice</UserName><AccessKeyId>{id}</AccessKeyId><Status>Active</Status>"
            + $"<SecretAccessKey>{secret}</SecretAccessKey><CreateDate>2026-01-15T12:00:00Z</CreateDate></AccessKey>",
            made.Result);
        Assert.Equal("arn:aws:iam::123456789012:user/alice", (await host.WhoAsync((id, secret)))["Arn"]);
        Assert.Equal(
            $"<AccessKeyMetadata><member><UserName>alice</UserName><AccessKeyId>{id}</AccessKeyId><Status>Active</Status>"
            + "<CreateDate>2026-01-15T12:00:00Z</CreateDate></member></AccessKeyMetadata><IsTruncated>false</IsTruncated>",
            (await host.DoAsync("ListAccessKeys", "UserName", "alice")).Result);
    }

    [Fact]
    public async Task A_third_key_is_refused_and_leaves_nothing()
    {
        await host.CreateUserAsync("alice");
        await host.CreateKeyAsync("alice");

        await host.AssertRefusedAsync(409, "LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2", "CreateAccessKey", "UserName", "alice");

        var first = await host.DoAsync("ListAccessKeys", "UserName", "alice", "MaxItems", "1");
        var second = await host.DoAsync("ListAccessKeys", "UserName", "alice", "Marker", first["Marker"]!);
        Assert.Equal(("true", "false"), (first["IsTruncated"], second["IsTruncated"]));
        Assert.Equal(2, first.All("AccessKeyId").Union(second.All("AccessKeyId"), StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task An_inactive_key_signs_nothing_until_it_is_active_again()
    {
        var key = await host.CreateUserAsync("alice");
        Assert.Equal(200, (await host.WhoAsync(key)).Status);

        await host.DoAsync("UpdateAccessKey", "UserName", "alice", "AccessKeyId", key.Id, "Status", "Inactive");
        var refused = await host.WhoAsync(key);
        Assert.Equal((403, "InvalidClientTokenId"), (refused.Status, refused["Code"]));
        Assert.Equal("Inactive", (await host.DoAsync("ListAccessKeys", "UserName", "alice"))["Status"]);

        await host.DoAsync("UpdateAccessKey", "UserName", "alice", "AccessKeyId", key.Id, "Status", "Active");
        Assert.Equal(200, (await host.WhoAsync(key)).Status);
        await host.AssertRefusedAsync(
            400, "InvalidInput", "an access key cannot be set to 'Expired', only to 'Active' or 'Inactive'",
            "UpdateAccessKey", "UserName", "alice", "AccessKeyId", key.Id, "Status", "Expired");
    }

    [Fact]
    public async Task Keys_of_others_are_not_touched_by_their_ids()
    {
        var alice = await host.CreateUserAsync("alice");
        await host.DoAsync("CreateUser", "UserName", "bob");
        var text = $"The Access Key with id {alice.Id} cannot be found.";

        await host.AssertRefusedAsync(404, "NoSuchEntity", text, "DeleteAccessKey", "UserName", "bob", "AccessKeyId", alice.Id);
        await host.AssertRefusedAsync(404, "NoSuchEntity", text, "UpdateAccessKey", "UserName", "bob", "AccessKeyId", alice.Id, "Status", "Inactive");

        Assert.Equal(200, (await host.WhoAsync(alice)).Status);
    }

    [Fact]
    public async Task Without_a_name_users_manage_their_own_keys()
    {
        var alice = await host.CreateUserAsync(
            "alice",
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:*AccessKey*","Resource":"arn:aws:iam::*:user/${aws:username}"}]}""");
        await host.CreateUserAsync("bob");

        var second = (await host.CallAsync(alice, "CreateAccessKey"))["AccessKeyId"]!;
        Assert.Equal(2, (await host.CallAsync(alice, "ListAccessKeys")).All("AccessKeyId").Length);
        Assert.Equal("alice", (await host.CallAsync(alice, "GetAccessKeyLastUsed", "AccessKeyId", second))["UserName"]);
        Assert.Equal(200, (await host.CallAsync(alice, "DeleteAccessKey", "AccessKeyId", second)).Status);

        Assert.Equal("AccessDenied", (await host.CallAsync(alice, "CreateAccessKey", "UserName", "bob"))["Code"]);
    }

    [Fact]
    public async Task The_last_use_is_told_to_some_minutes()
    {
        var alice = await host.CreateUserAsync("alice");
        var unused = await host.DoAsync("GetAccessKeyLastUsed", "AccessKeyId", alice.Id);
        Assert.Equal(
            "<UserName>alice</UserName><AccessKeyLastUsed><ServiceName>N/A</ServiceName><Region>N/A</Region></AccessKeyLastUsed>", unused.Result);

        await host.WhoAsync(alice);
        Assert.Equal("2026-01-15T12:00:00Z", await LastUseAsync());
        host.Time.Advance(AccessKeyUses.Interval - TimeSpan.FromSeconds(1));
        await host.WhoAsync(alice);
        Assert.Equal("2026-01-15T12:00:00Z", await LastUseAsync());
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await host.WhoAsync(alice);
        Assert.Equal("2026-01-15T12:05:00Z", await LastUseAsync());
        Assert.Equal(["sts"], (await host.DoAsync("GetAccessKeyLastUsed", "AccessKeyId", alice.Id)).All("ServiceName"));

        // Writes queue one behind another: once a later one is through, the use is written.
        async Task<string?> LastUseAsync()
        {
            await host.DoAsync("TagUser", "UserName", "alice", "Tags.member.1.Key", "k", "Tags.member.1.Value", "v");
            return (await host.DoAsync("GetAccessKeyLastUsed", "AccessKeyId", alice.Id))["LastUsedDate"];
        }
    }

    [Fact]
    public async Task A_key_that_is_not_there_is_named() => await host.AssertRefusedAsync(
        404, "NoSuchEntity", "The Access Key with id AKIAAAAAAAAAAAAAAAAA cannot be found.", "GetAccessKeyLastUsed", "AccessKeyId", "AKIAAAAAAAAAAAAAAAAA");

    [Fact]
    public async Task A_root_manages_its_own_keys()
    {
        await using var own = await PeopleHost.StartAsync(givesRootKey: false);
        var root = await own.ReadRootKeyAsync();

        var made = await own.CallAsync(root, "CreateAccessKey");
        Assert.Null(made["UserName"]);
        var second = (made["AccessKeyId"]!, made["SecretAccessKey"]!);
        Assert.Equal("arn:aws:iam::123456789012:root", (await own.WhoAsync(second))["Arn"]);
        Assert.Equal(2, (await own.CallAsync(root, "ListAccessKeys")).All("AccessKeyId").Length);

        Assert.Equal(200, (await own.CallAsync(second, "DeleteAccessKey", "AccessKeyId", root.Id)).Status);
        Assert.Equal(403, (await own.WhoAsync(root)).Status);
    }

    [Fact]
    public async Task A_root_key_that_the_host_gave_is_not_changed_here()
    {
        const string text = "the root key of account '123456789012' stands in the server's configuration";

        Assert.Equal([BerthHost.AccessKeyId], (await host.DoAsync("ListAccessKeys")).All("AccessKeyId"));
        await host.AssertRefusedAsync(400, "UnmodifiableEntity", text, "CreateAccessKey");
        await host.AssertRefusedAsync(400, "UnmodifiableEntity", text, "DeleteAccessKey", "AccessKeyId", BerthHost.AccessKeyId);
    }

    [Fact]
    public async Task What_a_user_was_signed_in_with_ends_with_its_key_and_its_sessions_with_the_user()
    {
        var alice = await host.CreateUserAsync("alice", PeopleHost.AllowAll);
        var session = Session(await host.DoAsync("GetUser", "UserName", "alice"));
        var password = await LogInAsync(alice);
        Assert.Equal(HttpStatusCode.OK, await PingAsync(password));
        Assert.Equal(200, (await host.WhoAsync((session.Key.Id, session.Key.Secret), session.Token)).Status);

        await host.DoAsync("DeleteAccessKey", "UserName", "alice", "AccessKeyId", alice.Id);
        Assert.Equal(403, (await host.WhoAsync(alice)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await PingAsync(password));
        Assert.Equal(200, (await host.WhoAsync((session.Key.Id, session.Key.Secret), session.Token)).Status);

        await host.DoAsync("DeleteUserPolicy", "UserName", "alice", "PolicyName", "p");
        await host.DoAsync("DeleteUser", "UserName", "alice");
        var ended = await host.WhoAsync((session.Key.Id, session.Key.Secret), session.Token);
        Assert.Equal((403, "InvalidClientTokenId"), (ended.Status, ended["Code"]));
    }

    [Fact]
    public async Task A_session_goes_by_the_name_its_user_has_now()
    {
        await host.CreateUserAsync("alice", PeopleHost.AllowAll);
        var session = Session(await host.DoAsync("GetUser", "UserName", "alice"));
        await host.DoAsync("UpdateUser", "UserName", "alice", "NewUserName", "anna");
        await host.DoAsync("CreateUser", "UserName", "alice");

        var reply = await host.SendAsync(
            (session.Key.Id, session.Key.Secret), "sts", "Action=GetCallerIdentity&Version=2011-06-15", session.Token);

        Assert.Equal((200, "arn:aws:iam::123456789012:user/anna"), (reply.Status, reply["Arn"]));
    }

    private Berth.Identity.Sessions.TemporaryKey Session(PeopleReply user) => host.Berth.Server.Domain.SessionTokens.Issue(
        new(user["Arn"]!, AccountId.Parse(PeopleHost.Account), user["UserId"]!),
        new() { OwnerId = user["UserId"]!, IssuedAt = host.Time.GetUtcNow(), ExpiresAt = host.Time.GetUtcNow().AddHours(1) });

    private async Task<string> LogInAsync((string Id, string Secret) key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Berth.Url, "/"));
        request.Headers.Add("X-Amz-Target", "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken");
        request.Content = new ByteArrayContent("{}"u8.ToArray());
        request.Content.Headers.ContentType = new("application/x-amz-json-1.1");
        new RequestSigner(key.Id, key.Secret, "ecr").Sign(request, host.Time.GetUtcNow());
        using var response = await host.Berth.Http.SendAsync(request);
        var answer = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
        return Encoding.UTF8.GetString(answer.GetProperty("authorizationData")[0].GetProperty("authorizationToken").GetBytesFromBase64());
    }

    private async Task<HttpStatusCode> PingAsync(string login)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Berth.Url, "/v2/"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(login)));
        using var response = await host.Berth.Http.SendAsync(request);
        return response.StatusCode;
    }
}
