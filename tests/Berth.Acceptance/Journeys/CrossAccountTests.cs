using System.Text.Json;
using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

/// <summary>A repository of one account from which users of another pull: both accounts have to say so.</summary>
[Collection(nameof(DockerEngine))]
public sealed class CrossAccountTests(Server server, DockerEngine engine) : Journey(server), IClassFixture<Server>
{
    private const string Other = "210987654321";

    private readonly Desk otherDesk = new();
    private Aws otherAws = null!;

    private Docker Docker => field ??= new(otherDesk, Server, engine);

    [Fact]
    public async Task Another_account_pulls_once_the_repository_and_its_own_policies_allow_it()
    {
        var puller = await MakeUserAsync(
            "puller", "attach-user-policy", "--policy-arn", "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly");
        var guest = await MakeUserAsync(
            "guest", "put-user-policy", "--policy-name", "login", "--policy-document", Allowing("ecr:GetAuthorizationToken"));

        await LogInAsAsync(puller);
        AssertDenied("puller", "resource-based", await Docker.TryAsync("pull", Named("shared:v1")));

        await Aws.EcrAsync("set-repository-policy", "--repository-name", "shared", "--policy-text", Opening);
        await Docker.RunAsync("pull", Named("shared:v1"));

        await Docker.ForgetImagesAsync();
        await LogInAsAsync(guest);
        AssertDenied("guest", "identity-based", await Docker.TryAsync("pull", Named("shared:v1")));
    }

    private protected override async Task ArriveAsync()
    {
        await PushAsync();
        await Server.StopAsync();
        var printed = await Desk.RunAsync(
            "dotnet", Checkout.ServerProgram, "account", "create", "--name", "other", "--id", Other, "--data", Server.Data);
        await Server.StartAsync();
        var root = RootKey.Parse(printed.Split('\n'));
        otherAws = new(otherDesk, Server);
        otherAws.Take(root.Id, root.Secret);
    }

    public override async ValueTask DisposeAsync()
    {
        await Docker.ForgetImagesAsync();
        otherDesk.Dispose();
        await base.DisposeAsync();
    }

    private static string Opening => JsonSerializer.Serialize(new
    {
        Version = "2012-10-17",
        Statement = new
        {
            Effect = "Allow",
            Principal = new { AWS = $"arn:aws:iam::{Other}:root" },
            Action = (string[])["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        },
    });

    private static string Allowing(string action) => JsonSerializer.Serialize(new
    {
        Version = "2012-10-17",
        Statement = new { Effect = "Allow", Action = action, Resource = "*" },
    });

    private async Task PushAsync()
    {
        await Aws.CreateRepositoryAsync("shared");
        var docker = new Docker(Desk, Server, engine);
        (await docker.LoginAsync(await Aws.GetPasswordAsync())).Succeeded();
        var layer = Desk.Home.Path("layer.tar.gz");
        await File.WriteAllBytesAsync(layer, SmallImage.Saying("shared").Layer);
        await docker.RunAsync("import", layer, Named("shared:v1"));
        await docker.RunAsync("push", Named("shared:v1"));
        await docker.ForgetImagesAsync();
    }

    private async Task<JsonElement> MakeUserAsync(string name, string grant, params IEnumerable<string> policy)
    {
        await otherAws.RunAsync("iam", "create-user", "--user-name", name);
        await otherAws.RunAsync("iam", grant, ["--user-name", name, .. policy]);
        return (await otherAws.RunAsync("iam", "create-access-key", "--user-name", name)).GetProperty("AccessKey");
    }

    private async Task LogInAsAsync(JsonElement key)
    {
        otherAws.Take(key.GetProperty("AccessKeyId").GetString()!, key.GetProperty("SecretAccessKey").GetString()!);
        Assert.Contains("Login Succeeded", (await Docker.LoginAsync(await otherAws.GetPasswordAsync())).Succeeded(), StringComparison.Ordinal);
    }

    private static void AssertDenied(string user, string policy, Outcome pull) => Assert.Contains(
        $"denied: User: arn:aws:iam::{Other}:user/{user} is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:us-east-1:123456789012:repository/shared because no {policy} policy allows the ecr:BatchGetImage action",
        pull.Refused(), StringComparison.Ordinal);
}
