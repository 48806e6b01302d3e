using System.Globalization;
using Berth.Tests.Aws;

namespace Berth.Tests.Hosting;

/// <summary>The root key and the words of a first, a second and a configured start on one data folder.</summary>
public sealed class FirstStartTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Credentials => folder["data/credentials"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_first_start_writes_a_root_key_that_only_the_owner_can_read()
    {
        await using var berth = await StartAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Credentials));
        var (id, secret) = ReadCredentials();
        Assert.Matches("^AKIA[A-Z0-9]{16}$", id);
        Assert.Equal(200, await CallAsync(berth, id, secret));
    }

    [Fact]
    public async Task The_first_start_says_how_to_push_a_first_image()
    {
        await using var berth = await StartAsync();

        var host = string.Create(CultureInfo.InvariantCulture, $"localhost:{berth.Url.Port}");
        Assert.Equal(
            $"""
            Berth listens on {berth.Url.ToString().TrimEnd('/')}

            A root key was made for account 123456789012 and written to {Credentials}. To use it:

              export AWS_SHARED_CREDENTIALS_FILE={Credentials} AWS_DEFAULT_REGION=us-east-1
              aws --endpoint-url http://{host} ecr create-repository --repository-name hello
              aws --endpoint-url http://{host} ecr get-login-password | docker login --username AWS --password-stdin {host}
              docker tag IMAGE {host}/hello
              docker push {host}/hello

            """,
            berth.Server.Welcome);
    }

    [Fact]
    public async Task The_second_start_keeps_the_root_key_and_says_where_it_is()
    {
        await using (await StartAsync())
        {
            // Once is enough to make the key.
        }

        var written = await File.ReadAllTextAsync(Credentials, TestContext.Current.CancellationToken);
        await using var berth = await StartAsync();

        Assert.Equal(written, await File.ReadAllTextAsync(Credentials, TestContext.Current.CancellationToken));
        Assert.EndsWith($"The root key is in {Credentials}\n", berth.Server.Welcome, StringComparison.Ordinal);
        var (id, secret) = ReadCredentials();
        Assert.Equal(200, await CallAsync(berth, id, secret));
    }

    [Fact]
    public async Task A_file_that_was_lost_is_written_again_with_the_same_key()
    {
        await using (await StartAsync())
        {
            // Once is enough to make the key.
        }

        var key = ReadCredentials();
        File.Delete(Credentials);
        await using var berth = await StartAsync();

        Assert.Equal(key, ReadCredentials());
    }

    [Fact]
    public async Task A_root_key_that_is_given_is_not_written_anywhere()
    {
        await using var berth = await StartAsync(BerthHost.AccessKeyId, BerthHost.SecretAccessKey);

        Assert.False(File.Exists(Credentials));
        Assert.EndsWith("The root key is the one given by BERTH_ROOT_ACCESS_KEY_ID\n", berth.Server.Welcome, StringComparison.Ordinal);
        Assert.Equal(200, await CallAsync(berth, BerthHost.AccessKeyId, BerthHost.SecretAccessKey));
    }

    [Fact]
    public async Task Beside_a_root_key_that_is_given_the_stored_one_is_refused()
    {
        await using (await StartAsync())
        {
            // Once is enough to make the key.
        }

        var (id, secret) = ReadCredentials();
        await using var berth = await StartAsync(BerthHost.AccessKeyId, BerthHost.SecretAccessKey);

        Assert.Equal(400, await CallAsync(berth, id, secret));
        Assert.Equal(200, await CallAsync(berth, BerthHost.AccessKeyId, BerthHost.SecretAccessKey));
    }

    [Fact]
    public async Task The_secret_is_neither_logged_nor_printed()
    {
        await using var berth = await StartAsync();

        var (_, secret) = ReadCredentials();
        Assert.DoesNotContain(secret, berth.Log.ToString() + berth.Server.Welcome, StringComparison.Ordinal);
    }

    private static async Task<int> CallAsync(BerthHost berth, string id, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, berth.Url) { Content = new StringContent("{}") };
        request.Headers.Add("X-Amz-Target", "AmazonEC2ContainerRegistry_V20150921.DescribeRegistry");
        new RequestSigner(id, secret, "ecr").Sign(request, TimeProvider.System.GetUtcNow());
        using var response = await berth.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    private Task<BerthHost> StartAsync(string? id = null, string? secret = null) => BerthHost.StartAsync(options => options with
    {
        Data = folder["data"],
        RootAccessKeyId = id,
        RootSecretAccessKey = secret,
    });

    private (string Id, string Secret) ReadCredentials() => File.ReadAllLines(Credentials) is ["[default]", var id, var secret]
        ? (ValueOf(id), ValueOf(secret))
        : throw new InvalidDataException(File.ReadAllText(Credentials));

    private static string ValueOf(string line) => line.Split(" = ")[1];
}
