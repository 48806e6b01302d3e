using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

/// <summary>A host that has no keys: only the secret by which it proves to be a machine with a role.</summary>
[Collection(nameof(DockerEngine))]
public sealed class MachineTests(Server server, DockerEngine engine) : Journey(server), IClassFixture<Server>
{
    private const string InstanceId = "i-0123456789abcdef0";

    private const string Trust =
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}""";

    private readonly Desk host = new();

    private Docker Docker => field ??= new(host, Server, engine);

    [Fact]
    public async Task Docker_pulls_on_a_machine_until_it_is_revoked()
    {
        await PushAsync("fleet");
        host.Environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = new Uri(Server.Address, "/v1/machine/credentials").OriginalString;
        host.Environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = host.Home.Write("token", await RegisterAsync());

        (await Docker.LoginAsync(await AskAsync("ecr", "get-login-password"))).Succeeded();
        await Docker.RunAsync("pull", Named("fleet:v1"));

        await BerthAsync("revoke", InstanceId);
        await Docker.ForgetImagesAsync();
        Assert.Contains("unauthorized: authentication required", (await Docker.TryAsync("pull", Named("fleet:v1"))).Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_is_a_session_of_its_role_by_the_instance_metadata_alone()
    {
        host.Environment["AWS_EC2_METADATA_DISABLED"] = "false";
        host.Environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = new Uri(Server.Address, $"/machine/{await RegisterAsync()}/").OriginalString;

        var arn = await AskAsync("sts", "get-caller-identity", "--query", "Arn", "--output", "text");

        Assert.Equal($"arn:aws:sts::123456789012:assumed-role/puller/{InstanceId}", arn.Trim());
        await BerthAsync("revoke", InstanceId);
    }

    private protected override async Task ArriveAsync()
    {
        host.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        if ((await TryIamAsync("get-instance-profile", "--instance-profile-name", "hosts")).ExitCode != 0)
        {
            await IamAsync("create-role", "--role-name", "puller", "--assume-role-policy-document", Trust);
            await IamAsync("attach-role-policy", "--role-name", "puller", "--policy-arn", "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly");
            await IamAsync("create-instance-profile", "--instance-profile-name", "hosts");
            await IamAsync("add-role-to-instance-profile", "--instance-profile-name", "hosts", "--role-name", "puller");
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await Docker.ForgetImagesAsync();
        host.Dispose();
        await base.DisposeAsync();
    }

    private async Task PushAsync(string repository)
    {
        await Aws.CreateRepositoryAsync(repository);
        Desk.Environment["DOCKER_HOST"] = engine.Host;
        var docker = new Docker(Desk, Server, engine);
        (await docker.LoginAsync(await Aws.GetPasswordAsync())).Succeeded();
        var layer = Desk.Home.Path("layer.tar.gz");
        await File.WriteAllBytesAsync(layer, SmallImage.Saying(repository).Layer);
        await docker.RunAsync("import", layer, Named($"{repository}:v1"));
        await docker.RunAsync("push", Named($"{repository}:v1"));
        await docker.ForgetImagesAsync();
    }

    private async Task<string> RegisterAsync()
    {
        var printed = await BerthAsync("register", "--profile", "hosts", "--instance-id", InstanceId);
        return printed.Split("AWS_CONTAINER_AUTHORIZATION_TOKEN=")[1].Trim();
    }

    private Task<string> BerthAsync(string tool, params IEnumerable<string> arguments) => Desk.RunAsync(
        "dotnet", [Checkout.ServerProgram, "machine", tool, "--data", Server.Data, "--endpoint-url", Server.Address.OriginalString, .. arguments]);

    private async Task IamAsync(string operation, params IEnumerable<string> arguments) => (await TryIamAsync(operation, arguments)).Succeeded();

    // Made with the root key, which a use of Aws puts into the desk's environment.
    private Task<Outcome> TryIamAsync(string operation, params IEnumerable<string> arguments) =>
        Aws.TryAsync("iam", operation, arguments);

    private Task<string> AskAsync(params IEnumerable<string> arguments) =>
        host.RunAsync("aws", ["--endpoint-url", Server.Address.OriginalString, .. arguments]);
}
