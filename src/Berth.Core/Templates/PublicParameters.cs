using System.Security.Cryptography;
using System.Text;

namespace Berth.Templates;

/// <summary>
/// The public parameters of Systems Manager that templates choose images of machines by. There are no images here: each name stands for an
/// id that is always the same in a Region.
/// </summary>
internal static class PublicParameters
{
    private static readonly HashSet<string> Names = new(
        new[]
        {
            "amzn2-ami-hvm-{0}-gp2", "amzn2-ami-hvm-{0}-ebs", "amzn2-ami-kernel-5.10-hvm-{0}-gp2", "amzn2-ami-kernel-5.10-hvm-{0}-ebs",
            "al2023-ami-kernel-default-{0}", "al2023-ami-kernel-6.1-{0}", "al2023-ami-kernel-6.12-{0}",
            "al2023-ami-minimal-kernel-default-{0}", "al2023-ami-minimal-kernel-6.1-{0}", "al2023-ami-minimal-kernel-6.12-{0}",
        }
        .SelectMany(name => new[] { "x86_64", "arm64" }.Select(processor => $"/aws/service/ami-amazon-linux-latest/{name.Replace("{0}", processor, StringComparison.Ordinal)}"))
        .Concat(
        [
            "/aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id", "/aws/service/ecs/optimized-ami/amazon-linux-2/arm64/recommended/image_id",
            "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id", "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id",
        ]),
        StringComparer.Ordinal);

    /// <summary>What a name stands for in a Region; null for a name that is not public.</summary>
    public static string? Find(string name, string region) => Names.Contains(name)
        ? "ami-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{region} {name}")))[..17]
        : null;
}
