using Berth.Acceptance.Clients;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

/// <summary>
/// Five templates make a network, three instances with roles, and a repository whose policy leaves one the push, another the pull and the
/// third nothing. On each instance nobody has a key: the roles come from the instance metadata.
/// </summary>
[Collection(nameof(DockerEngine))]
public sealed class InstanceStackTests(Server server, DockerEngine engine) : Journey(server), IClassFixture<Server>
{
    private const string Prefix = "fa-085";
    private const string Bucket = "my-templates";

    private readonly List<Desk> hosts = [];

    private Stacks Stacks => field ??= new(Aws);

    [Fact]
    public async Task Each_instance_may_do_what_the_repositorys_policy_leaves_its_role()
    {
        await CreateStackAsync();
        var (first, second, third) = (await InstanceAsync(1), await InstanceAsync(2), await InstanceAsync(3));
        var image = Named($"{Prefix}:v1");

        await LogInAsync(third);
        await BuildAsync(third, image);
        AssertDenied(third, "InitiateLayerUpload", await third.Docker.TryAsync("push", image));
        await LogInAsync(second);
        AssertDenied(second, "InitiateLayerUpload", await second.Docker.TryAsync("push", image));
        await LogInAsync(first);
        await first.Docker.RunAsync("push", image);

        await first.Docker.ForgetImagesAsync();
        AssertPullDenied(first, await first.Docker.TryAsync("pull", image));
        AssertPullDenied(third, await third.Docker.TryAsync("pull", image));
        await second.Docker.RunAsync("pull", image);

        await DeleteStackAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var host in hosts)
        {
            host.Dispose();
        }

        await base.DisposeAsync();
    }

    private async Task CreateStackAsync()
    {
        (await Aws.TryAsync("s3", "mb", $"s3://{Bucket}")).Succeeded();
        foreach (var name in (string[])["fa-085.yaml", "fa-085-vpc.yaml", "fa-085-ec2.yaml", "fa-085-ecr.yaml"])
        {
            (await Aws.TryAsync("s3", "cp", Stacks.Template(name), $"s3://{Bucket}/{Prefix}/{name}")).Succeeded();
        }

        await Aws.RunAsync(
            "cloudformation", "create-stack", "--stack-name", Prefix, "--capabilities", "CAPABILITY_IAM",
            "--template-url", $"https://{Bucket}.s3.us-east-1.amazonaws.com/{Prefix}/fa-085.yaml",
            "--parameters", $"ParameterKey=TemplateBucketName,ParameterValue={Bucket}");
        var status = await Stacks.SettleAsync(Prefix);
        Assert.True(status is "CREATE_COMPLETE", $"{status}: {string.Join('\n', await Stacks.ReasonsAsync(Prefix))}");
    }

    /// <summary>The policy locks out who made the stack, so its repository cannot be deleted with it, and what it stands on neither.</summary>
    private async Task DeleteStackAsync()
    {
        var child = await Stacks.PhysicalIdAsync(Prefix, "ECRStack");
        await Aws.TryAsync("cloudformation", "delete-stack", "--stack-name", Prefix);
        Assert.Equal("DELETE_FAILED", await Stacks.SettleAsync(Prefix));
        Assert.Contains(
            await Stacks.ReasonsAsync(child),
            reason => reason.Contains("ecr:DeleteRepository on resource: arn:aws:ecr:us-east-1:123456789012:repository/fa-085 with an explicit deny in a resource-based policy", StringComparison.Ordinal));

        await Aws.TryAsync("cloudformation", "delete-stack", "--stack-name", Prefix, "--retain-resources", "ECRStack");
        var gone = await Aws.TryAsync("cloudformation", "wait", "stack-delete-complete", "--stack-name", Prefix);
        gone.Succeeded();
        Assert.Empty((await Aws.RunAsync("ec2", "describe-vpcs")).GetProperty("Vpcs").EnumerateArray());
        Assert.Empty((await Aws.RunAsync("iam", "list-instance-profiles")).GetProperty("InstanceProfiles").EnumerateArray());
    }

    /// <summary>An instance of the stack as the host that it stands for sees itself.</summary>
    private async Task<Instance> InstanceAsync(int number)
    {
        var stack = await Stacks.PhysicalIdAsync(Prefix, "EC2Stack");
        var id = await Stacks.PhysicalIdAsync(stack, $"Instance{number}");
        var role = await Stacks.PhysicalIdAsync(stack, $"InstanceRole{number}");
        var host = new Desk();
        hosts.Add(host);
        host.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        host.Environment["AWS_EC2_METADATA_DISABLED"] = "false";
        host.Environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = new Uri(Server.Address, $"/machine/{await SecretAsync(id)}/").OriginalString;
        Assert.Matches($@"\Afa-085-EC2Stack-[A-Z0-9]{{12,13}}-InstanceRole{number}-[A-Z0-9]{{12,13}}\z", role);
        return new(id, role, host, new(host, Server, engine));
    }

    private async Task<string> SecretAsync(string instance)
    {
        var printed = await Desk.RunAsync(
            "dotnet", Checkout.ServerProgram, "machine", "secret", "--data", Server.Data, "--endpoint-url", Server.Address.OriginalString, instance);
        return printed.Split("AWS_CONTAINER_AUTHORIZATION_TOKEN=")[1].Trim();
    }

    private async Task LogInAsync(Instance instance)
    {
        var password = await instance.Host.RunAsync("aws", "--endpoint-url", Server.Address.OriginalString, "ecr", "get-login-password");
        Assert.Contains("Login Succeeded", (await instance.Docker.LoginAsync(password)).Succeeded(), StringComparison.Ordinal);
    }

    private static async Task BuildAsync(Instance instance, string image)
    {
        var folder = instance.Host.Home.Path("build");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "Dockerfile"), "FROM scratch\nCOPY hello /hello\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "hello"), "hello from an instance\n");
        instance.Host.Environment["DOCKER_BUILDKIT"] = "0";
        await instance.Docker.RunAsync("build", "--tag", image, folder);
    }

    private void AssertPullDenied(Instance instance, Outcome pull)
    {
        AssertDenied(instance, "BatchGetImage", pull);
        Assert.Contains($"pull access denied for {Named(Prefix)}", pull.Printed, StringComparison.Ordinal);
    }

    private static void AssertDenied(Instance instance, string action, Outcome outcome) => Assert.Contains(
        $"denied: User: arn:aws:sts::123456789012:assumed-role/{instance.Role}/{instance.Id} is not authorized to perform: ecr:{action} on resource: arn:aws:ecr:us-east-1:123456789012:repository/fa-085 with an explicit deny in a resource-based policy",
        outcome.Refused(),
        StringComparison.Ordinal);

    private sealed record Instance(string Id, string Role, Desk Host, Docker Docker);
}
