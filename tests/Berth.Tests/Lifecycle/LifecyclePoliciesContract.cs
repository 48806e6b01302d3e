using Berth.Lifecycle;
using Berth.Tests.Engines;
using Berth.Tests.Registry;
using Berth.Vocabulary;

namespace Berth.Tests.Lifecycle;

public sealed class SqliteLifecyclePoliciesTests() : LifecyclePoliciesContract(new SqliteTestDatabase());

[Trait("needs", "postgresql")]
public sealed class PostgreSqlLifecyclePoliciesTests(PostgreSqlServer server) : LifecyclePoliciesContract(new PostgreSqlTestDatabase(server));

public abstract class LifecyclePoliciesContract(TestDatabase rows) : RegistryContract(rows)
{
    private LifecyclePolicies Policies => new(Database, new(Time, Ids), new(), Ids, Time);

    [Fact]
    public async Task A_policy_is_set_replaced_given_and_removed()
    {
        var app = await CreateAsync("app");
        await Policies.PutAsync(app, KeepNewest(1), Cancel);
        var first = await Policies.GetAsync(app, Cancel);

        await Policies.PutAsync(app, KeepNewest(2), Cancel);
        await Policies.PutAsync(app, KeepNewest(2), Cancel);

        var second = await Policies.GetAsync(app, Cancel);
        Assert.Equal((1, KeepNewest(1).Text, null), (first.Version, first.Text, first.EvaluatedAt));
        Assert.Equal((2, KeepNewest(2).Text, first.Id), (second.Version, second.Text, second.Id));
        Assert.Equal(second, await Policies.DeleteAsync(app, Cancel));
        Assert.Equal(app, (await FaultOf<LifecyclePolicyNotFound>(() => Policies.GetAsync(app, Cancel))).Repository);
        await FaultOf<LifecyclePolicyNotFound>(() => Policies.DeleteAsync(app, Cancel));
    }

    [Fact]
    public async Task A_repository_made_anew_under_an_old_name_has_no_lifecycle_policy()
    {
        var app = await CreateAsync("app");
        await Policies.PutAsync(app, KeepNewest(1), Cancel);

        await RepositoryDeletion.DeleteAsync(app, force: false, Cancel);
        await FaultOf<RepositoryNotFound>(() => Policies.GetAsync(app, Cancel));
        await CreateAsync("app");

        await FaultOf<LifecyclePolicyNotFound>(() => Policies.GetAsync(app, Cancel));
    }

    private static LifecyclePolicy KeepNewest(int count) => LifecyclePolicy.Parse(
        $$$"""{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":{{{count}}}},"action":{"type":"expire"}}]}""");
}
