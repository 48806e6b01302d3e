namespace Berth.Acceptance.Running;

/// <summary>Where things lie in the checkout these tests were built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    /// <summary>The server of the same build configuration as these tests.</summary>
    public static string ServerProgram { get; } =
        Path.Combine(Root, "artifacts", "bin", "Berth.Server", new DirectoryInfo(AppContext.BaseDirectory).Name, "berth.dll");

    /// <summary>The clients that `./test clients` unpacks, before those of the machine.</summary>
    public static string ProgramPath { get; } =
        $"{Path.Combine(Root, ".cache", "clients", "usr", "bin")}:{Environment.GetEnvironmentVariable("PATH")}";

    /// <summary>A small real Debian file system as a tar, which `./test clients` makes once.</summary>
    public static string DebianTar => Path.Combine(Root, ".cache", "images", "bookworm.tar");

    /// <summary>Where a program lies. Starting it by its bare name would look along the path of this process, without the unpacked clients.</summary>
    public static string FindProgram(string name) =>
        ProgramPath.Split(':').Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException($"'{name}' is not on this machine; './test clients' installs it");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Berth.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("these tests run from inside a checkout of Berth");
    }
}
