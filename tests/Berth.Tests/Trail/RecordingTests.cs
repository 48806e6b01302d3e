using System.Net;
using System.Text;
using System.Text.Json;
using Berth.Tests.Ecr;
using Berth.Tests.Gate;
using Berth.Vocabulary;

namespace Berth.Tests.Trail;

/// <summary>What a call on either wire leaves in the trail.</summary>
public sealed class RecordingTests
{
    [Fact]
    public async Task A_change_is_recorded_with_who_asked_for_what_and_what_came_back()
    {
        await using var host = await GateHost.StartAsync();
        var reply = await host.Root.CallAsync("CreateRepository", new { repositoryName = "team/app" }, headers: ("User-Agent", "tests"));

        var record = await host.RecordAsync("CreateRepository");

        var request = reply.Headers.GetValues("x-amzn-RequestId").Single();
        Assert.Equal(
            $$$"""
            {"eventVersion":"1.11","userIdentity":{"type":"Root","principalId":"123456789012","arn":"arn:aws:iam::123456789012:root",
            "accountId":"123456789012","accessKeyId":"AKIAIOSFODNN7EXAMPLE"},"eventTime":"2026-01-15T12:00:00Z","eventSource":"ecr.amazonaws.com",
            "eventName":"CreateRepository","awsRegion":"us-east-1","sourceIPAddress":"127.0.0.1","userAgent":"tests",
            "requestParameters":{"repositoryName":"team/app"},
            "responseElements":{"repository":{{{RepositoryOf(reply.Body)}}}},
            "requestID":"{{{request}}}","eventID":"{{{record.GetProperty("eventID").GetString()}}}","readOnly":false,
            "resources":[{"ARN":"arn:aws:ecr:us-east-1:123456789012:repository/team/app","accountId":"123456789012"}],
            "eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"123456789012","eventCategory":"Management"}
            """.ReplaceLineEndings(""),
            record.GetRawText());
    }

    [Fact]
    public async Task A_read_is_recorded_without_what_came_back()
    {
        await using var host = await GateHost.StartAsync();
        await host.Root.DoAsync("DescribeRepositories", new { maxResults = 5 });

        var record = await host.RecordAsync("DescribeRepositories");

        Assert.Equal("""{"maxResults":5}""", record.GetProperty("requestParameters").GetRawText());
        Assert.Equal("null", record.GetProperty("responseElements").GetRawText());
        Assert.True(record.GetProperty("readOnly").GetBoolean());
    }

    [Fact]
    public async Task A_failure_is_recorded_with_its_error()
    {
        await using var host = await GateHost.StartAsync();
        await host.Root.CallAsync("DeleteRepository", new { repositoryName = "nothing" });

        var record = await host.RecordAsync("DeleteRepository");

        Assert.Equal("RepositoryNotFoundException", record.GetProperty("errorCode").GetString());
        Assert.Equal(
            "The repository with name 'nothing' does not exist in the registry with id '123456789012'", record.GetProperty("errorMessage").GetString());
        Assert.Equal("null", record.GetProperty("responseElements").GetRawText());
    }

    [Fact]
    public async Task A_denial_is_recorded_with_what_was_denied_and_why()
    {
        await using var host = await GateHost.StartAsync();
        var user = await host.UserAsync("ann", policy: null);
        await user.CallAsync("DeleteRepository", new { repositoryName = "app", force = true });

        var found = await host.EventAsync("DeleteRepository");
        var record = JsonElement.Parse(found.GetProperty("CloudTrailEvent").GetString()!);

        Assert.Equal("ann", found.GetProperty("Username").GetString());
        Assert.Equal(user.Caller.AccessKeyId, found.GetProperty("AccessKeyId").GetString());
        Assert.Equal("AccessDenied", record.GetProperty("errorCode").GetString());
        Assert.Equal(
            "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: ecr:DeleteRepository on resource: "
            + "arn:aws:ecr:us-east-1:123456789012:repository/app because no identity-based policy allows the ecr:DeleteRepository action",
            record.GetProperty("errorMessage").GetString());
        Assert.Equal("""{"repositoryName":"app","force":true}""", record.GetProperty("requestParameters").GetRawText());
        Assert.Equal(
            $$"""{"type":"IAMUser","principalId":"{{user.Caller.Principal.UserId}}","arn":"arn:aws:iam::123456789012:user/ann","accountId":"123456789012","accessKeyId":"{{user.Caller.AccessKeyId}}","userName":"ann"}""",
            record.GetProperty("userIdentity").GetRawText());
    }

    [Fact]
    public async Task A_session_is_recorded_with_the_role_it_is_of()
    {
        await using var host = await GateHost.StartAsync();
        var role = await host.RoleAsync("Admin", Policies.OfIdentity("Allow", "*"), change: session => session with { Keys = [new("aws:SourceIdentity", "ann")] });
        await role.DoAsync("DescribeRegistry", new { });

        var found = await host.EventAsync("DescribeRegistry");
        var id = role.Caller.OwnerId;

        Assert.Equal("work", found.GetProperty("Username").GetString());
        Assert.Equal(
            $$$"""
            {"type":"AssumedRole","principalId":"{{{id}}}:work","arn":"arn:aws:sts::123456789012:assumed-role/Admin/work",
            "accountId":"123456789012","accessKeyId":"{{{role.Caller.AccessKeyId}}}","sessionContext":{"sessionIssuer":{"type":"Role",
            "principalId":"{{{id}}}","arn":"arn:aws:iam::123456789012:role/Admin","accountId":"123456789012","userName":"Admin"},
            "webIdFederationData":{},"attributes":{"creationDate":"2026-01-15T12:00:00Z","mfaAuthenticated":"false"},"sourceIdentity":"ann"}}
            """.ReplaceLineEndings(""),
            JsonElement.Parse(found.GetProperty("CloudTrailEvent").GetString()!).GetProperty("userIdentity").GetRawText());
    }

    [Fact]
    public async Task A_pushed_manifest_is_recorded_as_PutImage_from_the_clients_own_address()
    {
        await using var host = await GateHost.StartAsync();
        await host.Root.DoAsync("CreateRepository", new { repositoryName = "app" });
        var manifest = Encoding.UTF8.GetBytes("""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}""");
        var reply = await host.Root.SendAsync("PUT", "/v2/app/manifests/v1", manifest, ("User-Agent", "docker/27.0"));
        Assert.Equal(HttpStatusCode.Created, reply.Status);

        var record = await host.RecordAsync("PutImage");

        Assert.Equal(("127.0.0.1", "docker/27.0"), (record.GetProperty("sourceIPAddress").GetString(), record.GetProperty("userAgent").GetString()));
        Assert.Equal(
            """{"registryId":"123456789012","repositoryName":"app","imageTag":"v1","imageManifest":"{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}"}""",
            record.GetProperty("requestParameters").GetRawText());
        Assert.Equal(
            $$$"""{"registryId":"123456789012","repositoryName":"app","image":{"imageId":{"imageDigest":"{{{Digest.Sha256Of(manifest)}}}","imageTag":"v1"},"imageManifestMediaType":"application/vnd.oci.image.index.v1+json"}}""",
            record.GetProperty("responseElements").GetRawText());
    }

    [Fact]
    public async Task A_pull_is_recorded_as_BatchGetImage()
    {
        await using var host = await GateHost.StartAsync();
        await host.Root.DoAsync("CreateRepository", new { repositoryName = "app" });
        await host.Root.SendAsync("HEAD", "/v2/app/manifests/v1", body: null, ("Accept", "application/vnd.oci.image.index.v1+json, */*"));

        var record = await host.RecordAsync("BatchGetImage");

        Assert.Equal(
            """{"registryId":"123456789012","repositoryName":"app","imageIds":[{"imageTag":"v1"}],"acceptedMediaTypes":["application/vnd.oci.image.index.v1+json","*/*"]}""",
            record.GetProperty("requestParameters").GetRawText());
        Assert.Equal("ImageNotFoundException", record.GetProperty("errorCode").GetString());
        Assert.Equal("""{"ociRequest":"HEAD manifests/{reference}"}""", record.GetProperty("additionalEventData").GetRawText());
    }

    [Fact]
    public async Task An_upload_is_recorded_step_by_step_without_its_bytes()
    {
        await using var host = await GateHost.StartAsync();
        await host.Root.DoAsync("CreateRepository", new { repositoryName = "app" });
        var upload = (await host.Root.DoAsync("InitiateLayerUpload", new { repositoryName = "app" })).GetProperty("uploadId").GetString()!;
        await host.Root.DoAsync("UploadLayerPart", EcrHost.Part("app", upload, 0, EcrHost.Layer));

        var record = await host.RecordAsync("UploadLayerPart");

        Assert.Equal(
            $$"""{"repositoryName":"app","uploadId":"{{upload}}","partFirstByte":0,"partLastByte":6}""",
            record.GetProperty("requestParameters").GetRawText());
        Assert.Equal(
            $$"""{"registryId":"123456789012","repositoryName":"app","uploadId":"{{upload}}","lastByteReceived":6}""",
            record.GetProperty("responseElements").GetRawText());
    }

    [Fact]
    public async Task A_call_from_another_account_is_recorded_in_both_under_one_shared_id()
    {
        await using var host = await GateHost.StartAsync();
        var stranger = await host.UserAsync("bob", Policies.OfIdentity("Allow", "*"), GateHost.Other);
        await stranger.CallAsync("ListImages", new { registryId = GateHost.Own, repositoryName = "app" });

        var record = await host.RecordAsync("ListImages");

        Assert.Equal(
            $$"""{"type":"AWSAccount","principalId":"{{stranger.Caller.Principal.UserId}}","accountId":"210987654321"}""",
            record.GetProperty("userIdentity").GetRawText());
        Assert.Equal("123456789012", record.GetProperty("recipientAccountId").GetString());
        var rows = await host.Berth.Server.Domain.Stores.Database.ReadAsync(
            rows => rows.QueryAsync<byte[]>("SELECT record FROM trail_event WHERE name = 'ListImages'"), TestContext.Current.CancellationToken);
        var shared = rows.Select(row => JsonElement.Parse(row).GetProperty("sharedEventID").GetString()).ToArray();
        Assert.Equal(2, shared.Length);
        Assert.Equal(shared[0], shared[1]);
    }

    [Fact]
    public async Task Whoever_is_nobody_leaves_no_record()
    {
        await using var host = await GateHost.StartAsync();
        await (host.Root with { Secret = "wrong" }).CallAsync("DescribeRegistry", new { });
        using var pull = await host.Berth.Http.GetAsync(new Uri("/v2/app/manifests/v1", UriKind.Relative), TestContext.Current.CancellationToken);

        var (_, body) = await host.LookUpAsync(new { });

        Assert.Empty(body.GetProperty("Events").EnumerateArray());
    }

    [Fact]
    public async Task What_is_too_long_for_a_record_is_left_out_of_it()
    {
        await using var host = await GateHost.StartAsync();
        await host.Root.CallAsync("PutImage", new { repositoryName = "app", imageManifest = new string('x', 200_000) });

        var parameters = (await host.RecordAsync("PutImage")).GetProperty("requestParameters");

        Assert.True(parameters.GetProperty("omitted").GetBoolean());
        Assert.Equal("requestParameters too large", parameters.GetProperty("reason").GetString());
    }

    // The answer's own members, with the moment as CloudTrail shows it.
    private static string RepositoryOf(string body)
    {
        var seconds = JsonElement.Parse(body).GetProperty("repository").GetProperty("createdAt").GetRawText();
        var text = JsonElement.Parse(body).GetProperty("repository").GetRawText();
        return text.Replace($"\"createdAt\":{seconds}", "\"createdAt\":\"Jan 15, 2026 12:00:00 PM\"", StringComparison.Ordinal);
    }
}
