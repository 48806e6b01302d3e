using Berth.Registry;
using Berth.Tests.Engines;
using Berth.Vocabulary;

namespace Berth.Tests.Registry;

public sealed class SqliteQuotasTests() : QuotasContract(new SqliteTestDatabase());

public sealed class PostgreSqlQuotasTests(PostgreSqlServer server) : QuotasContract(new PostgreSqlTestDatabase(server));

public abstract class QuotasContract(TestDatabase rows) : RegistryContract(rows)
{
    private static readonly AccountId Other = AccountId.Parse("210987654321");

    [Fact]
    public async Task What_is_set_for_an_account_holds_at_once_and_for_it_alone()
    {
        await FillAsync(5);
        var refused = await Assert.ThrowsAsync<FaultException>(() => Repositories.CreateAsync(Id("app-6"), new(), Cancel));
        Assert.Equal("The registry with id '123456789012' already has the maximum allowed number of repositories which is '5'", refused.Message);

        await AccountQuotas.SetAsync(Home.Account, Quota.Get("repositories"), 6, Cancel);

        await Repositories.CreateAsync(Id("app-6"), new(), Cancel);
        Assert.IsType<TooManyRepositories>((await Assert.ThrowsAsync<FaultException>(() => Repositories.CreateAsync(Id("app-7"), new(), Cancel))).Fault);
        Assert.Equal(5, (await AccountQuotas.FindAsync(Other, Cancel)).Repositories);
    }

    [Fact]
    public async Task A_quota_that_is_taken_back_is_the_default_again()
    {
        await AccountQuotas.SetAsync(Other, Quota.Get("images-per-repository"), 9, Cancel);
        await AccountQuotas.SetAsync(Other, Quota.Get("rate/ecr:PutImage"), 3, Cancel);
        Assert.Equal((9, 3), await HeldAsync());

        await AccountQuotas.SetAsync(Other, Quota.Get("images-per-repository"), null, Cancel);
        Assert.Equal((4, 3), await HeldAsync());

        await AccountQuotas.SetAsync(Other, Quota.Get("rate/ecr:PutImage"), null, Cancel);
        Assert.Equal((4, 0), await HeldAsync());
    }

    [Fact]
    public async Task A_rate_of_0_lifts_the_default_for_the_account()
    {
        var limited = new AccountQuotas(Database, Time, new() { Rates = Quotas.EcrRates });
        Assert.Equal(10, (await limited.FindAsync(Other, Cancel)).Rates["ecr:PutImage"]);

        await limited.SetAsync(Other, Quota.Get("rate/ecr:PutImage"), 0, Cancel);

        var held = (await limited.FindAsync(Other, Cancel)).Rates;
        Assert.False(held.ContainsKey("ecr:PutImage"));
        Assert.Equal(100, held["ecr:CompleteLayerUpload"]);
    }

    [Theory]
    [InlineData("repositories", 0, "the quota 'repositories' can be from 1 to 2147483647")]
    [InlineData("repositories", 2147483648, "the quota 'repositories' can be from 1 to 2147483647")]
    [InlineData("rate/ecr:PutImage", -1, "the quota 'rate/ecr:PutImage' can be from 0 to 1000000")]
    public async Task A_value_out_of_range_is_refused_and_nothing_changes(string name, long value, string message)
    {
        var refused = await Assert.ThrowsAsync<FaultException>(() => AccountQuotas.SetAsync(Other, Quota.Get(name), value, Cancel));

        Assert.Equal(message, refused.Message);
        Assert.Equal(0, await Database.ReadAsync(reader => reader.FindAsync<long>("SELECT COUNT(*) FROM account_quota", new { }), Cancel));
    }

    private async Task<(int Images, int Rate)> HeldAsync()
    {
        var held = await AccountQuotas.FindAsync(Other, Cancel);
        return (held.ImagesPerRepository, held.Rates.GetValueOrDefault("ecr:PutImage"));
    }

    private async Task FillAsync(int count)
    {
        for (var i = 1; i <= count; i++)
        {
            await Repositories.CreateAsync(Id($"app-{i}"), new(), Cancel);
        }
    }
}
