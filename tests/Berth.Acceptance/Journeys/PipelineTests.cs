using System.Text.Json;
using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

/// <summary>A pipeline that has no keys: only a token in which its provider says which branch is built.</summary>
[Collection(nameof(DockerEngine))]
public sealed class PipelineTests(Server server, DockerEngine engine) : Journey(server), IClassFixture<Server>
{
    private readonly Issuer issuer = new();

    /// <summary>One role for each provider: each test runs its own.</summary>
    private string Role => $"pipeline-{new Uri(issuer.Url).Port}";

    [Fact]
    public async Task The_trusted_branch_pushes()
    {
        using var pipeline = Start("repo:example/app:ref:refs/heads/main");
        var docker = new Docker(pipeline, Server, engine);
        await Aws.CreateRepositoryAsync("app");

        var password = (await TryPasswordAsync(pipeline)).Succeeded();
        Assert.Contains("Login Succeeded", (await docker.LoginAsync(password)).Succeeded(), StringComparison.Ordinal);
        var layer = pipeline.Home.Path("layer.tar.gz");
        await File.WriteAllBytesAsync(layer, SmallImage.Saying("app").Layer);
        await docker.RunAsync("import", layer, Named("app:v1"));
        await docker.RunAsync("push", Named("app:v1"));

        await docker.ForgetImagesAsync();
    }

    [Fact]
    public async Task Another_branch_is_refused()
    {
        using var pipeline = Start("repo:example/app:ref:refs/heads/other");

        Assert.Contains(
            "An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity",
            (await TryPasswordAsync(pipeline)).Refused(), StringComparison.Ordinal);
    }

    private protected override async Task ArriveAsync()
    {
        var provider = await Aws.RunAsync("iam", "create-open-id-connect-provider", "--url", issuer.Url, "--client-id-list", "sts.amazonaws.com");
        var arn = provider.GetProperty("OpenIDConnectProviderArn").GetString()!;
        await Aws.RunAsync("iam", "create-role", "--role-name", Role, "--assume-role-policy-document", Trust(arn));
        await Aws.RunAsync(
            "iam", "attach-role-policy", "--role-name", Role, "--policy-arn", "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser");
    }

    public override async ValueTask DisposeAsync()
    {
        issuer.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>A pipeline in which the provider has left its token.</summary>
    private Desk Start(string subject)
    {
        var desk = new Desk();
        desk.Environment["AWS_ENDPOINT_URL"] = Server.Address.OriginalString;
        desk.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        desk.Environment["AWS_ROLE_ARN"] = $"arn:aws:iam::123456789012:role/{Role}";
        desk.Environment["AWS_WEB_IDENTITY_TOKEN_FILE"] = desk.Home.Write("token", issuer.Sign(subject));
        return desk;
    }

    private string Trust(string provider) => JsonSerializer.Serialize(new
    {
        Version = "2012-10-17",
        Statement = new
        {
            Effect = "Allow",
            Principal = new { Federated = provider },
            Action = "sts:AssumeRoleWithWebIdentity",
            Condition = new
            {
                StringEquals = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [$"{issuer.Name}:aud"] = "sts.amazonaws.com",
                    [$"{issuer.Name}:sub"] = "repo:example/app:ref:refs/heads/main",
                },
            },
        },
    });

    private static Task<Outcome> TryPasswordAsync(Desk pipeline) => pipeline.TryAsync("aws", "ecr", "get-login-password");
}
