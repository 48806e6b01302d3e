using System.CommandLine;
using System.Text.Json;

namespace Berth.Server.Commands;

/// <summary><c>berth restore-image</c>: deleted images, seen and taken back.</summary>
internal static class RestoreImageCommand
{
    private static readonly Argument<string> Repository = new("repository") { Description = "The repository it was deleted from." };

    private static readonly Argument<string?> Digest = new("digest")
    {
        Description = "The image; without it the images that can be taken back are listed.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string[]> Tags = new("--tag")
    {
        Description = "A tag it gets, in place of those it had; may be repeated.",
        HelpName = "TAG",
    };

    private static readonly Option<bool> List = new("--list") { Description = "List the images that can be taken back, the latest deleted first." };

    public static Command Create() => ServerTool.Of(
        new("restore-image", "Take a deleted image back out of the recycle bin, and print what came back.") { Repository, Digest, Tags, List },
        (parsed, server, cancel) => parsed.GetValue(Digest) is { } digest && !parsed.GetValue(List)
            ? RestoreAsync(parsed, server, digest, cancel)
            : ListAsync(parsed, server, cancel));

    private static async Task ListAsync(ParseResult parsed, RunningServer server, CancellationToken cancel)
    {
        string? nextToken = null;
        do
        {
            var asked = new { repositoryName = parsed.GetRequiredValue(Repository), nextToken };
            var answer = await server.CallAsync("ListRecycledImages", asked, cancel);
            foreach (var image in answer.GetProperty("images").EnumerateArray())
            {
                await Console.Out.WriteLineAsync(
                    $"{image.GetProperty("imageDigest")} {TimeOf(image, "deletedAt")} {TimeOf(image, "expiresAt")} {image.GetProperty("deletedBy")} {Joined(image, "imageTags")}".TrimEnd());
            }

            nextToken = answer.TryGetProperty("nextToken", out var next) ? next.GetString() : null;
        }
        while (nextToken is not null);
    }

    private static async Task RestoreAsync(ParseResult parsed, RunningServer server, string digest, CancellationToken cancel)
    {
        var asked = new
        {
            repositoryName = parsed.GetRequiredValue(Repository),
            imageDigest = digest,
            imageTags = parsed.GetValue(Tags) is { Length: > 0 } tags ? tags : null,
        };
        var answer = await server.CallAsync("RestoreImage", asked, cancel);
        foreach (var image in answer.GetProperty("images").EnumerateArray())
        {
            await Console.Out.WriteLineAsync($"{image.GetProperty("imageDigest")} {Joined(image, "imageTags")}".TrimEnd());
            if (image.GetProperty("tagsTaken").GetArrayLength() > 0)
            {
                await Console.Error.WriteLineAsync($"these tags name another image by now: {Joined(image, "tagsTaken")}");
            }
        }
    }

    private static string Joined(JsonElement image, string member) =>
        string.Join(',', image.GetProperty(member).EnumerateArray().Select(tag => tag.GetString()));

    private static string TimeOf(JsonElement image, string member) =>
        DateTimeOffset.UnixEpoch.AddSeconds(Math.Floor(image.GetProperty(member).GetDouble())).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
}
