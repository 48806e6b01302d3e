using Berth.Server.Aws;
using Berth.Tests.Gate;

namespace Berth.Tests.Trail;

/// <summary>No secret stands in a record.</summary>
public sealed class SecretTests
{
    private static readonly string[] Suspicious = ["Secret", "Password", "Token", "Blob", "Assertion", "PrivateKey", "DownloadUrl", "TokenCode"];

    // Where a page goes on, and a setting's name: they let nobody in.
    private static readonly string[] Harmless = ["NextToken", "SubjectFromWebIdentityToken", "ClientToken", "ClientRequestToken"];

    [Fact]
    public async Task No_member_that_could_be_a_secret_is_recorded_of_any_operation()
    {
        await using var berth = await BerthHost.StartAsync();

        var written = berth.Server.Services
            .SelectMany(service => service.Operations)
            .SelectMany(operation => MembersIn(operation.RequestType).Concat(MembersIn(operation.ResponseType)))
            .Where(member => !RecordedMembers.IsSecret(member))
            .Select(member => member.Name)
            .Where(name => Suspicious.Any(word => name.EndsWith(word, StringComparison.Ordinal) || name.StartsWith(word, StringComparison.Ordinal)))
            .Except(Harmless, StringComparer.Ordinal);

        Assert.Empty(written);
    }

    [Fact]
    public async Task The_secret_of_a_session_is_not_recorded_and_its_key_is()
    {
        await using var host = await GateHost.StartAsync();
        var user = await host.UserAsync("ann", Policies.OfIdentity("Allow", "sts:*"));
        var reply = await user.StsAsync(("Action", "GetSessionToken"));
        var secret = Between(reply.Body, "SecretAccessKey");
        var token = Between(reply.Body, "SessionToken");

        var record = await host.RecordAsync("GetSessionToken");

        Assert.Equal(
            $$$"""{"credentials":{"accessKeyId":"{{{Between(reply.Body, "AccessKeyId")}}}","expiration":"Jan 16, 2026 12:00:00 AM"}}""",
            record.GetProperty("responseElements").GetRawText());
        Assert.DoesNotContain(secret, record.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(token, record.GetRawText(), StringComparison.Ordinal);
    }

    private static string Between(string xml, string element) => xml.Split($"<{element}>")[1].Split("</")[0];

    private static IEnumerable<RecordMember> MembersIn(Type record) => RecordShape.Of(record).Members.SelectMany(member =>
        (member.Element ?? member.Type) is var type && RecordShape.IsRecord(type) && type != typeof(string) ? MembersIn(type).Prepend(member) : [member]);
}
