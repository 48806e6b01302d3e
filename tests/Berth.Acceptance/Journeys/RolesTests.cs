using System.Text.Json;
using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

/// <summary>
/// Three roles that may use ECR at large, and a repository whose policy leaves one the push, another the pull and the third
/// nothing, by denies with exceptions.
/// </summary>
[Collection(nameof(DockerEngine))]
public sealed class RolesTests(Server server, DockerEngine engine) : Journey(server), IClassFixture<Server>
{
    private const string Session = "i-0123456789abcdef0";
    private const string User = "arn:aws:iam::123456789012:user/starter";
    private const string FullAccess = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryFullAccess";

    private static readonly string Trust = JsonSerializer.Serialize(new
    {
        Version = "2012-10-17",
        Statement = new { Effect = "Allow", Principal = new { AWS = User }, Action = "sts:AssumeRole" },
    });

    private static readonly string Policy = JsonSerializer.Serialize(new
    {
        Version = "2012-10-17",
        Statement = new object[]
        {
            new
            {
                Effect = "Deny", Principal = "*",
                NotAction = (string[])["ecr:BatchCheckLayerAvailability", "ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"],
                Condition = new { ArnEquals = new Dictionary<string, string>(StringComparer.Ordinal) { ["aws:PrincipalArn"] = Role("role1") } },
            },
            new
            {
                Effect = "Deny", Principal = "*", NotAction = (string[])["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
                Condition = new { ArnEquals = new Dictionary<string, string>(StringComparer.Ordinal) { ["aws:PrincipalArn"] = Role("role2") } },
            },
            new
            {
                Effect = "Deny", Principal = "*", Action = "*",
                Condition = new { ArnNotEquals = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["aws:PrincipalArn"] = [Role("role1"), Role("role2")] } },
            },
        },
    });

    private readonly Dictionary<string, JsonElement> keys = new(StringComparer.Ordinal);

    private Docker Docker => field ??= new(Desk, Server, engine);

    [Fact]
    public async Task Each_role_may_do_what_the_repositorys_policy_leaves_it_and_is_told_why_no_more()
    {
        var image = Named("tutorial:v1");
        await Docker.RunAsync("import", await SaveLayerAsync(), image);

        await LogInAsAsync("role3");
        AssertDenied("role3", "InitiateLayerUpload", await Docker.TryAsync("push", image));
        await LogInAsAsync("role2");
        AssertDenied("role2", "InitiateLayerUpload", await Docker.TryAsync("push", image));
        await LogInAsAsync("role1");
        await Docker.RunAsync("push", image);

        await Docker.ForgetImagesAsync();
        AssertPullDenied("role1", await Docker.TryAsync("pull", image));
        await LogInAsAsync("role3");
        AssertPullDenied("role3", await Docker.TryAsync("pull", image));
        await LogInAsAsync("role2");
        await Docker.RunAsync("pull", image);
    }

    private protected override async Task ArriveAsync()
    {
        await Aws.RunAsync("iam", "create-user", "--user-name", "starter");
        var starter = (await Aws.RunAsync("iam", "create-access-key", "--user-name", "starter")).GetProperty("AccessKey");
        foreach (var role in (string[])["role1", "role2", "role3"])
        {
            await Aws.RunAsync("iam", "create-role", "--role-name", role, "--assume-role-policy-document", Trust);
            await Aws.RunAsync("iam", "attach-role-policy", "--role-name", role, "--policy-arn", FullAccess);
        }

        await Aws.CreateRepositoryAsync("tutorial");
        await Aws.EcrAsync("set-repository-policy", "--repository-name", "tutorial", "--policy-text", Policy);
        Take(starter);
        foreach (var role in (string[])["role1", "role2", "role3"])
        {
            var begun = await Aws.RunAsync("sts", "assume-role", "--role-arn", Role(role), "--role-session-name", Session);
            keys[role] = begun.GetProperty("Credentials");
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await Docker.ForgetImagesAsync();
        await base.DisposeAsync();
    }

    private static string Role(string name) => $"arn:aws:iam::123456789012:role/{name}";

    private void Take(JsonElement key) => Aws.Take(
        key.GetProperty("AccessKeyId").GetString()!,
        key.GetProperty("SecretAccessKey").GetString()!,
        key.TryGetProperty("SessionToken", out var token) ? token.GetString() : null);

    private async Task LogInAsAsync(string role)
    {
        Take(keys[role]);
        Assert.Contains("Login Succeeded", (await Docker.LoginAsync(await Aws.GetPasswordAsync())).Succeeded(), StringComparison.Ordinal);
    }

    private async Task<string> SaveLayerAsync()
    {
        var layer = Desk.Home.Path("layer.tar.gz");
        await File.WriteAllBytesAsync(layer, SmallImage.Saying("tutorial").Layer);
        return layer;
    }

    private void AssertPullDenied(string role, Outcome pull)
    {
        AssertDenied(role, "BatchGetImage", pull);
        Assert.Contains($"pull access denied for {Named("tutorial")}", pull.Printed, StringComparison.Ordinal);
    }

    private static void AssertDenied(string role, string action, Outcome outcome)
    {
        Assert.Contains(
            $"denied: User: arn:aws:sts::123456789012:assumed-role/{role}/{Session} is not authorized to perform: ecr:{action} on resource: arn:aws:ecr:us-east-1:123456789012:repository/tutorial with an explicit deny in a resource-based policy",
            outcome.Refused(), StringComparison.Ordinal);
        Assert.DoesNotContain("Retrying", outcome.Printed, StringComparison.Ordinal);
    }
}
