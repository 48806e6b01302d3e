using System.Globalization;
using Berth.Identity.Delivery;

namespace Berth.Server.Metadata;

/// <summary>The instance metadata service, version 2: a PUT gives a token, and each GET needs one (EC2 User Guide, "IMDSv2").</summary>
internal sealed class InstanceMetadata(MetadataTokens tokens, MetadataItems items)
{
    private const string LifeHeader = "X-Aws-Ec2-Metadata-Token-Ttl-Seconds";
    private const string TokenHeader = "X-Aws-Ec2-Metadata-Token";

    /// <summary>Answers a machine that has proved itself.</summary>
    public async Task<MetadataAnswer> AnswerAsync(HttpContext http, Machine machine, string path, CancellationToken cancel)
    {
        var request = http.Request;
        if (HttpMethods.IsPut(request.Method) && path is "api/token")
        {
            return GiveToken(http, machine);
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            return MetadataAnswer.Of(StatusCodes.Status405MethodNotAllowed);
        }

        if (!tokens.IsGood(machine, request.Headers[TokenHeader].ToString()))
        {
            return MetadataAnswer.Of(StatusCodes.Status401Unauthorized);
        }

        if (path is "user-data")
        {
            return await items.FindUserDataAsync(machine, cancel) is { } data
                ? MetadataAnswer.OfBytes(data)
                : MetadataAnswer.Of(StatusCodes.Status404NotFound);
        }

        return await items.FindAsync(machine, path, cancel) is { } text
            ? new(StatusCodes.Status200OK, text)
            : MetadataAnswer.Of(StatusCodes.Status404NotFound);
    }

    // A proxy that forwards whatever it is sent adds this header: through it strangers would get tokens.
    private MetadataAnswer GiveToken(HttpContext http, Machine machine)
    {
        if (http.Request.Headers.ContainsKey("X-Forwarded-For"))
        {
            return MetadataAnswer.Of(StatusCodes.Status403Forbidden);
        }

        if (MetadataTokens.ReadLife(http.Request.Headers[LifeHeader].ToString()) is not { } seconds)
        {
            return MetadataAnswer.Of(StatusCodes.Status400BadRequest);
        }

        http.Response.Headers[LifeHeader] = seconds.ToString(CultureInfo.InvariantCulture);
        return new(StatusCodes.Status200OK, tokens.Issue(machine, seconds));
    }
}
