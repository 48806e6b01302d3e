using System.Xml.Linq;
using Berth.Tests.Aws;

namespace Berth.Tests.CloudFormation.Types;

/// <summary>Looks at IAM beside the types, as root.</summary>
internal static class IamCall
{
    /// <summary>The texts of all elements of a name in the answer, in their order and with commas; for an error its code.</summary>
    public static async Task<string> IamAsync(this TypeHost host, string action, string element, params string[] members)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Gate.Berth.Url, "/"))
        {
            Content = new FormUrlEncodedContent(
                members.Chunk(2).Select(pair => KeyValuePair.Create(pair[0], pair[1]))
                    .Prepend(KeyValuePair.Create("Version", "2010-05-08"))
                    .Prepend(KeyValuePair.Create("Action", action))),
        };
        new RequestSigner(BerthHost.AccessKeyId, BerthHost.SecretAccessKey, "iam").Sign(message, host.Gate.Time.GetUtcNow());
        using var response = await host.Gate.Berth.Http.SendAsync(message, TestContext.Current.CancellationToken);
        var answer = XElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var wanted = response.IsSuccessStatusCode ? element : "Code";
        return string.Join(",", answer.Descendants().Where(one => string.Equals(one.Name.LocalName, wanted, StringComparison.Ordinal)).Select(one => one.Value));
    }
}
