using System.CommandLine;
using System.Security.Cryptography;
using Berth.Trail.Export;

namespace Berth.Server.Commands;

/// <summary><c>berth trail</c>: what an auditor does with exported records.</summary>
internal static class TrailCommand
{
    public static Command Create() => new("trail", "Checks exported records of the trail.") { CreateVerify() };

    private static Command CreateVerify()
    {
        var folder = new Argument<string>("folder") { Description = "The folder that records were exported to." };
        var data = new Option<string?>("--data")
        {
            Description = "The server's data folder: its public key is then used in place of the one beside the records, and the end of each chain is checked.",
        };
        var verify = new Command("verify", "Proves that no exported record was removed, altered or added.") { folder, data };
        verify.SetAction(parsed => Verify(parsed.GetValue(folder)!, parsed.GetValue(data), parsed.InvocationConfiguration.Output));
        return verify;
    }

    /// <summary>Checks a folder; 0 when it is whole, 1 when it is not or cannot be checked.</summary>
    internal static int Verify(string folder, string? data, TextWriter output)
    {
        var kept = data is null ? null : ExportFolders.Of(folder, data).Kept;
        var key = kept is null ? Path.Combine(folder, ExportFolders.ExportedKey) : Path.Combine(kept, ExportFolders.PublicKey);
        if (!File.Exists(key))
        {
            output.WriteLine($"there is no public key at '{key}'");
            return 1;
        }

        var pem = File.ReadAllText(key);
        var proof = TrailProof.Of(folder, pem, kept);
        foreach (var finding in proof.Findings)
        {
            output.WriteLine($"{Word(finding.Flaw)} {finding.Path}");
        }

        foreach (var path in proof.Waiting)
        {
            output.WriteLine($"not yet in a digest: {path}");
        }

        using var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        output.WriteLine($"signed by key {Convert.ToHexStringLower(SHA256.HashData(rsa.ExportRSAPublicKey()))}");
        output.WriteLine(
            proof.Findings.Count == 0
                ? $"{proof.Digests} digests and {proof.Files} files are as they were exported"
                : $"{proof.Findings.Count} of the files named above are not as they were exported");
        return proof.Findings.Count == 0 ? 0 : 1;
    }

    private static string Word(TrailFlaw flaw) => flaw switch
    {
        TrailFlaw.Missing => "missing: ",
        TrailFlaw.Altered => "altered: ",
        _ => "inserted:",
    };
}
