using System.Text.Json;
using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

/// <summary>
/// A host that reaches nothing but the VPC endpoints of its network, under the real names of AWS with certificates of the network's own
/// authority: unmodified docker, aws without --endpoint-url, and Amazon's credential helper.
/// </summary>
[Collection(nameof(DockerEngine))]
public sealed class PrivateNetworkTests(Server server) : Journey(server), IClassFixture<Server>
{
    private const string Registry = "123456789012.dkr.ecr.us-east-1.amazonaws.com";
    private const string Image = $"{Registry}/team/app:v1";
    private const string Everything = """{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}""";

    // The common listener, which the layer bucket is reached on: a gateway endpoint has no address.
    private const string Common = "10.213.7.3";

    private readonly Authority authority = new();
    private readonly Desk host = new();
    private PrivateNetwork network = null!;
    private DockerEngine engine = null!;
    private Place place = null!;

    [Fact]
    public async Task The_doors_and_their_policies_decide_what_a_private_host_may_do()
    {
        await Login_push_and_pull_need_the_gateway_door_for_layers();
        await The_credential_helper_needs_no_login();
        await The_endpoint_policies_do_what_they_say();
        await A_source_outside_the_security_group_gets_no_connection();
    }

    private async Task Login_push_and_pull_need_the_gateway_door_for_layers()
    {
        await UseAsync("pusher");
        Assert.Contains("Login Succeeded", (await LoginAsync()).Succeeded(), StringComparison.Ordinal);
        await DockerAsync("import", await SaveLayerAsync(), Image);
        await DockerAsync("push", Image);
        await ForgetAsync();

        Assert.Matches("lookup prod-us-east-1-starport-layer-bucket.s3.us-east-1.amazonaws.com", (await TryDockerAsync("pull", Image)).Refused());

        place.Gateway = await EndpointAsync("s3", "Gateway", "--route-table-ids", place.RouteTable);
        await ResolveAsync();
        await DockerAsync("pull", Image);
        await ForgetAsync();

        // Another key than the bucket's is open to nobody, whatever the policy of the gateway says of this one.
        await ModifyAsync(place.Gateway, """{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::elsewhere/*"}]}""");
        var closed = (await TryDockerAsync("pull", Image)).Refused();
        Assert.Contains("HTTP 403 response", closed, StringComparison.Ordinal);
        await ModifyAsync(place.Gateway, """{"Statement":[{"Sid":"Access-to-specific-bucket-only","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*"}]}""");
        await DockerAsync("pull", Image);
        await ForgetAsync();
    }

    private async Task The_credential_helper_needs_no_login()
    {
        await DockerAsync("logout", Registry);
        await File.WriteAllTextAsync(host.Home.Path(".docker", "config.json"), $$"""{ "credHelpers": { "{{Registry}}": "ecr-login" } }""");
        await DockerAsync("pull", Image);
        await ForgetAsync();
        File.Delete(host.Home.Path(".docker", "config.json"));
    }

    private async Task The_endpoint_policies_do_what_they_say()
    {
        const string PullOnly = """
            {"Statement":[{"Sid":"AllowPull","Principal":{"AWS":"arn:aws:iam::123456789012:role/puller"},
              "Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer","ecr:GetAuthorizationToken"],"Effect":"Allow","Resource":"*"}]}
            """;
        const string NobodyDeletes = """
            {"Statement":[{"Sid":"AllowAll","Principal":"*","Action":"*","Effect":"Allow","Resource":"*"},
              {"Sid":"PreventDelete","Principal":"*","Action":"ecr:DeleteRepository","Effect":"Deny","Resource":"arn:aws:ecr:us-east-1:123456789012:repository/team/app"}]}
            """;
        const string Both = """
            {"Statement":[{"Sid":"AllowPull","Principal":{"AWS":"arn:aws:iam::123456789012:role/puller"},
              "Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer","ecr:GetAuthorizationToken"],"Effect":"Allow","Resource":"*"},
              {"Sid":"PreventDelete","Principal":"*","Action":"ecr:DeleteRepository","Effect":"Deny","Resource":"arn:aws:ecr:us-east-1:123456789012:repository/team/app"}]}
            """;

        await ModifyAsync(place.Api, PullOnly);
        await ModifyAsync(place.Dkr, PullOnly);
        Assert.Contains(Missing("pusher", "ecr:GetAuthorizationToken", "*"), (await LoginAsync()).Refused(), StringComparison.Ordinal);
        await UseAsync("puller");
        (await LoginAsync()).Succeeded();
        await DockerAsync("pull", Image);
        Assert.Contains(Missing("puller", "ecr:InitiateLayerUpload", App), (await TryPushAsync()).Refused(), StringComparison.Ordinal);

        await UseAsync("pusher");
        await ModifyAsync(place.Api, NobodyDeletes);
        Assert.Contains(Denied("pusher", "ecr:DeleteRepository", App), (await EcrAsync("delete-repository", "--force")).Refused(), StringComparison.Ordinal);
        (await EcrAsync("describe-images")).Succeeded();

        await ModifyAsync(place.Api, Both);
        Assert.Contains(Denied("pusher", "ecr:DeleteRepository", App), (await EcrAsync("delete-repository", "--force")).Refused(), StringComparison.Ordinal);
        Assert.Contains(Missing("pusher", "ecr:DescribeImages", App), (await EcrAsync("describe-images")).Refused(), StringComparison.Ordinal);
        await ModifyAsync(place.Api, Everything);
        await ModifyAsync(place.Dkr, Everything);
        await ForgetAsync();
    }

    private async Task A_source_outside_the_security_group_gets_no_connection()
    {
        string[] ping = ["curl", "--silent", "--show-error", "--cacert", host.Home.Path("ca.pem"), $"https://{Registry}/v2/"];

        (await host.TryAsync(network.Within[0], [.. network.Within[1..], .. ping])).Succeeded();
        var outside = await host.TryAsync(network.Within[0], [.. network.Within[1..], .. ping, "--interface", PrivateNetwork.OtherHost]);

        Assert.Matches("reset by peer|SSL_ERROR_SYSCALL|[Ee]mpty reply|unexpected eof", outside.Refused());
    }

    private const string App = "arn:aws:ecr:us-east-1:123456789012:repository/team/app";

    private static string Missing(string role, string action, string resource) =>
        $"User: arn:aws:sts::123456789012:assumed-role/{role}/host is not authorized to perform: {action} on resource: {resource} because no VPC endpoint policy allows the {action} action";

    private static string Denied(string role, string action, string resource) =>
        $"User: arn:aws:sts::123456789012:assumed-role/{role}/host is not authorized to perform: {action} on resource: {resource} with an explicit deny in a VPC endpoint policy";

    private protected override async Task ArriveAsync()
    {
        network = await PrivateNetwork.MakeAsync();
        await MakePeopleAsync();
        place = await MakePlaceAsync();
        await ServeNamesAsync();
        await ResolveAsync();
        host.Home.Write("ca.pem", authority.Pem);
        host.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        host.Environment["AWS_CA_BUNDLE"] = host.Environment["SSL_CERT_FILE"] = host.Home.Path("ca.pem");
        engine = new()
        {
            Within = network.Within,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["SSL_CERT_FILE"] = host.Home.Path("ca.pem") },
        };
        await engine.InitializeAsync();
        host.Environment["DOCKER_HOST"] = engine.Host;
    }

    public override async ValueTask DisposeAsync()
    {
        if (engine is not null)
        {
            await engine.DisposeAsync();
        }

        if (network is not null)
        {
            await network.DisposeAsync();
        }

        host.Dispose();
        authority.Dispose();
        await base.DisposeAsync();
    }

    private async Task MakePeopleAsync()
    {
        await Aws.RunAsync("iam", "create-user", "--user-name", "starter");
        foreach (var role in (string[])["pusher", "puller"])
        {
            await Aws.RunAsync("iam", "create-role", "--role-name", role, "--assume-role-policy-document", Trust);
            await Aws.RunAsync(
                "iam", "attach-role-policy", "--role-name", role, "--policy-arn", "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryFullAccess");
        }

        await Aws.CreateRepositoryAsync("team/app");
    }

    /// <summary>The VPC, its subnet and the two interface endpoints, which let in the host's one address.</summary>
    private async Task<Place> MakePlaceAsync()
    {
        var vpc = (await Ec2Async("create-vpc", "--cidr-block", PrivateNetwork.Block)).GetProperty("Vpc").GetProperty("VpcId").GetString()!;
        await Ec2Async("modify-vpc-attribute", "--vpc-id", vpc, "--enable-dns-hostnames");
        var subnet = (await Ec2Async("create-subnet", "--vpc-id", vpc, "--cidr-block", PrivateNetwork.Subnet)).GetProperty("Subnet").GetProperty("SubnetId").GetString()!;
        var table = (await Ec2Async("describe-route-tables", "--filters", $"Name=vpc-id,Values={vpc}")).GetProperty("RouteTables")[0].GetProperty("RouteTableId").GetString()!;
        var group = (await Ec2Async("create-security-group", "--vpc-id", vpc, "--group-name", "doors", "--description", "who may use the doors"))
            .GetProperty("GroupId").GetString()!;
        await Ec2Async("authorize-security-group-ingress", "--group-id", group, "--protocol", "tcp", "--port", "443", "--cidr", $"{PrivateNetwork.Host}/32");
        place = new(vpc, table) { Api = "", Dkr = "" };
        string[] inside = ["--subnet-ids", subnet, "--security-group-ids", group, "--private-dns-enabled"];
        return place with { Api = await EndpointAsync("ecr.api", "Interface", inside), Dkr = await EndpointAsync("ecr.dkr", "Interface", inside) };
    }

    /// <summary>Has the server listen on the doors' own addresses and serve the real names.</summary>
    private async Task ServeNamesAsync()
    {
        var (api, dkr) = (await AddressAsync(place.Api), await AddressAsync(place.Dkr));
        foreach (var address in (string[])[Common, api, dkr])
        {
            await network.ServeAsync(address);
        }

        var folder = Desk.Home.Path("certificates", "x")[..^2];
        authority.Certify("api.ecr.us-east-1.amazonaws.com", folder, "api");
        authority.Certify("*.dkr.ecr.us-east-1.amazonaws.com", folder, "registries");
        authority.Certify("*.s3.us-east-1.amazonaws.com", folder, "bucket");
        await Server.StopAsync();
        await File.WriteAllTextAsync(Path.Combine(Server.Data, "berth.json"), JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["Registry"] = new { PublicHost = "{account}.dkr.ecr.{region}.amazonaws.com", PublicScheme = "https" },
            ["Layers"] = new { Delivery = "redirect", BucketHost = "{bucket}.s3.{region}.amazonaws.com" },
            ["Tls"] = new { Folder = folder },
            ["Endpoints"] = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Only"] = "true",
                [place.Api] = $"https://{api}:443",
                [place.Dkr] = $"https://{dkr}:443",
            },
        }));
        Server.MoreAddresses = [$"https://{Common}:443"];
        await Server.StartAsync();
    }

    private async Task ResolveAsync()
    {
        var hosts = await Desk.RunAsync(
            "dotnet", Checkout.ServerProgram, "endpoints", "dns", "--format", "hosts", "--address", Common,
            "--data", Server.Data, "--endpoint-url", Server.Address.OriginalString);
        await network.ResolveAsync(hosts);
    }

    private async Task<string> EndpointAsync(string service, string type, params IEnumerable<string> more) =>
        (await Ec2Async("create-vpc-endpoint", ["--vpc-id", place.Vpc, "--service-name", $"com.amazonaws.us-east-1.{service}", "--vpc-endpoint-type", type, .. more]))
            .GetProperty("VpcEndpoint").GetProperty("VpcEndpointId").GetString()!;

    private Task<JsonElement> ModifyAsync(string endpoint, string policy) =>
        Ec2Async("modify-vpc-endpoint", "--vpc-endpoint-id", endpoint, "--policy-document", policy);

    private async Task<string> AddressAsync(string endpoint)
    {
        var id = (await Ec2Async("describe-vpc-endpoints", "--vpc-endpoint-ids", endpoint)).GetProperty("VpcEndpoints")[0].GetProperty("NetworkInterfaceIds")[0].GetString()!;
        return (await Ec2Async("describe-network-interfaces", "--network-interface-ids", id)).GetProperty("NetworkInterfaces")[0].GetProperty("PrivateIpAddress").GetString()!;
    }

    private Task<JsonElement> Ec2Async(string operation, params IEnumerable<string> arguments) => Aws.RunAsync("ec2", operation, arguments);

    /// <summary>Gives the host the keys of a role's session, as whoever set it up would have.</summary>
    private async Task UseAsync(string role)
    {
        var made = await Aws.RunAsync("iam", "create-access-key", "--user-name", "starter");
        var starter = made.GetProperty("AccessKey");
        Aws.Take(starter.GetProperty("AccessKeyId").GetString()!, starter.GetProperty("SecretAccessKey").GetString()!);
        var key = (await Aws.RunAsync("sts", "assume-role", "--role-arn", $"arn:aws:iam::123456789012:role/{role}", "--role-session-name", "host")).GetProperty("Credentials");
        var root = Server.ReadRootKey();
        Aws.Take(root.Id, root.Secret);
        await Aws.TryAsync("iam", "delete-access-key", "--user-name", "starter", "--access-key-id", starter.GetProperty("AccessKeyId").GetString()!);
        host.Environment["AWS_ACCESS_KEY_ID"] = key.GetProperty("AccessKeyId").GetString()!;
        host.Environment["AWS_SECRET_ACCESS_KEY"] = key.GetProperty("SecretAccessKey").GetString()!;
        host.Environment["AWS_SESSION_TOKEN"] = key.GetProperty("SessionToken").GetString()!;
    }

    private async Task<Outcome> LoginAsync()
    {
        var password = await InsideAsync("aws", "ecr", "get-login-password");
        return password.ExitCode != 0 ? password : await host.TellAsync(
            password.Output, network.Within[0], [.. network.Within[1..], Checkout.FindProgram("docker"), "login", "--username", "AWS", "--password-stdin", Registry]);
    }

    private Task<Outcome> EcrAsync(string operation, params IEnumerable<string> arguments) =>
        InsideAsync("aws", ["ecr", operation, "--repository-name", "team/app", .. arguments]);

    private async Task<Outcome> TryPushAsync()
    {
        await DockerAsync("import", await SaveLayerAsync("other"), $"{Registry}/team/app:v2");
        return await TryDockerAsync("push", $"{Registry}/team/app:v2");
    }

    private Task<Outcome> InsideAsync(string program, params IEnumerable<string> arguments) =>
        host.TryAsync(network.Within[0], [.. network.Within[1..], Checkout.FindProgram(program), .. arguments]);

    // The command line asks the credential helper, so it runs where the engine does.
    private Task<Outcome> TryDockerAsync(params IEnumerable<string> arguments) => InsideAsync("docker", arguments);

    private async Task DockerAsync(params IEnumerable<string> arguments) => (await TryDockerAsync(arguments)).Succeeded();

    private async Task ForgetAsync()
    {
        var images = (await TryDockerAsync("images", "--quiet", "--no-trunc")).Succeeded();
        foreach (var image in images.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal))
        {
            await DockerAsync("rmi", "--force", image);
        }
    }

    private async Task<string> SaveLayerAsync(string content = "private")
    {
        var layer = host.Home.Path($"{content}.tar.gz");
        await File.WriteAllBytesAsync(layer, SmallImage.Saying(content).Layer);
        return layer;
    }

    private static string Trust => JsonSerializer.Serialize(new
    {
        Version = "2012-10-17",
        Statement = new { Effect = "Allow", Principal = new { AWS = "arn:aws:iam::123456789012:user/starter" }, Action = "sts:AssumeRole" },
    });

    private sealed record Place(string Vpc, string RouteTable)
    {
        public required string Api { get; init; }

        public required string Dkr { get; init; }

        public string Gateway { get; set; } = "";
    }
}
