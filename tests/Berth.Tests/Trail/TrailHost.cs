using System.Net.Http.Headers;
using System.Text.Json;
using Berth.Tests.Aws;
using Berth.Tests.Gate;

namespace Berth.Tests.Trail;

/// <summary>Looks up the trail of a running server, as the aws CLI does.</summary>
internal static class TrailHost
{
    public const string Target = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents";

    /// <summary>Calls LookupEvents as the root of the first account.</summary>
    public static async Task<(int Status, JsonElement Body)> LookUpAsync(this GateHost host, object request, string target = Target, string region = "us-east-1")
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Berth.Url, "/"));
        message.Headers.Add("X-Amz-Target", target);
        message.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request));
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        new RequestSigner(BerthHost.AccessKeyId, BerthHost.SecretAccessKey, "cloudtrail") { Region = region }.Sign(message, host.Time.GetUtcNow());
        using var response = await host.Berth.Http.SendAsync(message, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>The only event of a name. A call of the OCI wire is recorded after its answer, so it may take a moment.</summary>
    public static async Task<JsonElement> EventAsync(this GateHost host, string name)
    {
        for (var attempt = 0; ; attempt++)
        {
            var (_, body) = await host.LookUpAsync(new { LookupAttributes = new[] { new { AttributeKey = "EventName", AttributeValue = name } } });
            if (body.GetProperty("Events").GetArrayLength() > 0 || attempt == 50)
            {
                return Assert.Single(body.GetProperty("Events").EnumerateArray());
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The record of the only event of a name.</summary>
    public static async Task<JsonElement> RecordAsync(this GateHost host, string name) =>
        JsonElement.Parse((await host.EventAsync(name)).GetProperty("CloudTrailEvent").GetString()!);
}
