using Berth.Acceptance.Clients;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

/// <summary>A pod that has no keys: only the token that its cluster projects into it.</summary>
public sealed class PodTests(Server server) : Journey(server), IClassFixture<Server>
{
    private const string Trust =
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"pods.eks.amazonaws.com"},"Action":["sts:AssumeRole","sts:TagSession"]}}""";

    private readonly Issuer cluster = new();

    [Fact]
    public async Task A_pod_is_its_role_until_the_association_ends()
    {
        var association = (await BerthAsync(
            "associate", "--cluster", "main", "--issuer", cluster.Url, "--namespace", "apps", "--service-account", "puller",
            "--role-arn", "arn:aws:iam::123456789012:role/puller")).Trim();
        Assert.Equal($"{association} main apps puller arn:aws:iam::123456789012:role/puller", (await BerthAsync("list")).Trim());
        using var pod = Start("apps", "puller");

        var arn = await AskAsync(pod, "sts", "get-caller-identity", "--query", "Arn", "--output", "text");
        Assert.StartsWith("arn:aws:sts::123456789012:assumed-role/puller/eks-main-web-0-", arn, StringComparison.Ordinal);
        Assert.NotEmpty(await AskAsync(pod, "ecr", "get-login-password"));

        await BerthAsync("dissociate", "--cluster", "main", association);
        Assert.Contains("The pod identity association with name apps/puller cannot be found.", await RefusedAsync(pod), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pod_of_another_service_account_has_no_role()
    {
        using var pod = Start("apps", "other");

        Assert.Contains("The pod identity association with name apps/other cannot be found.", await RefusedAsync(pod), StringComparison.Ordinal);
    }

    private protected override async Task ArriveAsync()
    {
        await Aws.RunAsync("iam", "create-open-id-connect-provider", "--url", cluster.Url, "--client-id-list", "pods.eks.amazonaws.com");
        if ((await Aws.TryAsync("iam", "get-role", "--role-name", "puller")).ExitCode != 0)
        {
            await Aws.RunAsync("iam", "create-role", "--role-name", "puller", "--assume-role-policy-document", Trust);
            await Aws.RunAsync("iam", "attach-role-policy", "--role-name", "puller", "--policy-arn", "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly");
        }
    }

    public override async ValueTask DisposeAsync()
    {
        cluster.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>A pod into which the cluster has projected its token, as EKS's webhook has it do.</summary>
    private Desk Start(string place, string serviceAccount)
    {
        var pod = new Desk();
        var token = cluster.Sign(
            $"system:serviceaccount:{place}:{serviceAccount}",
            "pods.eks.amazonaws.com",
            KeyValuePair.Create<string, object>("kubernetes.io", new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["namespace"] = place,
                ["pod"] = new { name = "web-0", uid = "5a1c0d3e-9a57-4a80-b2f4-06a3a6f4c1d2" },
                ["serviceaccount"] = new { name = serviceAccount, uid = "0b6a3f2c-7d0c-4a53-8a0e-3f1f0c9d9d11" },
            }));
        pod.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        pod.Environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = new Uri(Server.Address, "/v1/credentials").OriginalString;
        pod.Environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = pod.Home.Write("token", token);
        return pod;
    }

    private Task<string> BerthAsync(string tool, params IEnumerable<string> arguments) => Desk.RunAsync(
        "dotnet", [Checkout.ServerProgram, "pod", tool, "--data", Server.Data, "--endpoint-url", Server.Address.OriginalString, .. arguments]);

    private Task<string> AskAsync(Desk pod, params IEnumerable<string> arguments) =>
        pod.RunAsync("aws", ["--endpoint-url", Server.Address.OriginalString, .. arguments]);

    private async Task<string> RefusedAsync(Desk pod) =>
        (await pod.TryAsync("aws", "--endpoint-url", Server.Address.OriginalString, "sts", "get-caller-identity")).Refused();
}
