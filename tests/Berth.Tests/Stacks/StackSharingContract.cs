using Berth.Identity;
using Berth.Stacks;
using Berth.Tests.Engines;
using Berth.Vocabulary;

namespace Berth.Tests.Stacks;

public sealed class SqliteStackSharingTests() : StackSharingContract(new SqliteTestDatabase());

[Trait("needs", "postgresql")]
public sealed class PostgreSqlStackSharingTests(PostgreSqlServer server) : StackSharingContract(new PostgreSqlTestDatabase(server));

/// <summary>What stacks have of each other and of their callers, and what they are told while they work.</summary>
public abstract class StackSharingContract(TestDatabase rows) : StackContract(rows)
{
    private const string Simple = "Resources: {A: {Type: AWS::Test::Thing, Properties: {Value: one}}}";

    private const string Exporter = """
        Parameters: {Value: {Type: String, Default: one}}
        Resources: {A: {Type: AWS::Test::Thing}}
        Outputs: {Shared: {Value: !Ref Value, Export: {Name: !Sub "${AWS::StackName}-shared"}}}
        """;

    private const string Importer = "Resources: {B: {Type: AWS::Test::Thing, Properties: {Value: !ImportValue app-shared}}}";

    [Fact]
    public async Task An_export_is_used_by_others_and_kept_while_it_is()
    {
        await CreateAsync(Asking(Exporter));
        var importer = await CreateAsync(Asking(Importer) with { Name = "other" });

        Assert.Equal("one", Things.World[(await ResourceAsync(importer, "B")).PhysicalId!]["Value"]!.GetValue<string>());
        Assert.Equal(["other"], await Reads.ImportersAsync(Home, "app-shared", after: null, 10, Cancel));
        Assert.Equal(
            "Export app-shared cannot be deleted as it is in use by other",
            (await FaultOf<StackRequestInvalid>(() => Changes.DeleteAsync(new(Root, Home, "app"), Cancel))).Message);
        var changed = await UpdateAsync(Asking(Exporter, ("Value", "two")));
        Assert.Equal(StackStatus.Restored, changed.Status);
        Assert.Contains(await EventsAsync(changed), line => line.Contains("Export app-shared cannot be updated as it is in use by other", StringComparison.Ordinal));

        await Changes.DeleteAsync(new(Root, Home, "other"), Cancel);
        await WorkAsync();
        Assert.Equal(StackStatus.Deleted, (await DeleteAsync()).Status);
        Assert.Empty(await Reads.ExportsAsync(Home, after: null, 10, Cancel));
    }

    [Fact]
    public async Task An_export_that_is_not_there_or_is_anothers_rolls_a_stack_back()
    {
        var missing = await CreateAsync(Asking(Importer));
        Assert.Contains("app ROLLBACK_IN_PROGRESS: No export named app-shared found. Rollback requested by user.", await EventsAsync(missing), StringComparer.Ordinal);
        await DeleteAsync();

        await CreateAsync(Asking(Exporter.Replace("${AWS::StackName}-shared", "same", StringComparison.Ordinal)));
        var twice = await CreateAsync(Asking(Exporter.Replace("${AWS::StackName}-shared", "same", StringComparison.Ordinal)) with { Name = "other" });
        Assert.Contains("other ROLLBACK_IN_PROGRESS: Export with name same is already exported by stack app. Rollback requested by user.", await EventsAsync(twice), StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_work_is_done_on_behalf_of_whoever_asked()
    {
        var caller = new Caller(new("arn:aws:iam::123456789012:user/ann", Home.Account, "AIDAANN"), "AKIAANN");

        await CreateAsync(Asking(Simple) with { Caller = caller });

        Assert.Equal(caller, Assert.Single(Things.Works).Caller);
    }

    [Fact]
    public async Task A_stack_that_is_protected_is_not_deleted()
    {
        await CreateAsync(Asking(Simple) with { IsProtected = true });

        Assert.Equal(
            "Stack [app] cannot be deleted while TerminationProtection is enabled",
            (await FaultOf<StackRequestInvalid>(() => Changes.DeleteAsync(new(Root, Home, "app"), Cancel))).Message);
        await Changes.ProtectAsync(Home, "app", isProtected: false, Cancel);
        Assert.Equal(StackStatus.Deleted, (await DeleteAsync()).Status);
    }

    [Fact]
    public async Task An_update_is_cancelled_and_a_creation_deleted_while_they_wait()
    {
        var slow = Simple.Replace("Value: one", "Value: two, Slow: update", StringComparison.Ordinal);
        await CreateAsync(Asking(Simple));
        await Changes.UpdateAsync(Asking(slow), Cancel);
        await WorkAsync(most: 1);
        Assert.Equal(StackStatus.Updating, (await GetAsync("app")).Status);

        await Changes.CancelUpdateAsync(Home, "app", Cancel);
        await WorkAsync();
        var stack = await GetAsync("app");
        Assert.Equal(StackStatus.Restored, stack.Status);
        Assert.Equal("one", Things.World[(await ResourceAsync(stack, "A")).PhysicalId!]["Value"]!.GetValue<string>());
        await FaultOf<StackRequestInvalid>(() => Changes.CancelUpdateAsync(Home, "app", Cancel));

        var made = await Changes.CreateAsync(Asking(slow.Replace("Slow: update", "Slow: create", StringComparison.Ordinal)) with { Name = "other" }, Cancel);
        await WorkAsync(most: 1);
        await Changes.DeleteAsync(new(Root, Home, "other"), Cancel);
        await WorkAsync();
        Assert.Equal(StackStatus.Deleted, (await GetAsync(made.Id)).Status);
        Assert.Single(Things.World);
    }

    [Fact]
    public async Task A_creation_that_takes_too_long_is_rolled_back()
    {
        var stack = await Changes.CreateAsync(
            Asking("""
                Resources:
                  A: {Type: AWS::Test::Thing, Properties: {Slow: create}}
                  B: {Type: AWS::Test::Thing, DependsOn: A}
                """) with { Operation = new(0, default) { TimeoutInMinutes = 5 } },
            Cancel);

        await WorkAsync();

        Assert.Contains("app ROLLBACK_IN_PROGRESS: Stack creation time exceeded the specified timeout. Rollback requested by user.", await EventsAsync(await GetAsync(stack.Id)), StringComparer.Ordinal);
        Assert.Empty(Things.World);
    }

    [Fact]
    public async Task A_failed_rollback_goes_on_without_what_is_skipped()
    {
        await CreateAsync(Asking(Simple));
        var failed = await UpdateAsync(Asking("""
            Resources:
              A: {Type: AWS::Test::Thing, Properties: {Value: two}}
              B: {Type: AWS::Test::Thing, DependsOn: A, Properties: {Fail: create}}
            """));
        Assert.Equal(StackStatus.Restored, failed.Status);

        var stuck = Simple.Replace("Value: one", "Value: two, Fail: restore", StringComparison.Ordinal);
        await UpdateAsync(Asking(stuck));
        var broken = await UpdateAsync(Asking("Resources: {A: {Type: AWS::Test::Thing, Properties: {Value: three}}, B: {Type: AWS::Test::Thing, DependsOn: A, Properties: {Fail: create}}}"));
        Assert.Equal((StackStatus.RestoreFailed, "The following resource(s) failed to update: [A]. "), (broken.Status, broken.StatusReason));

        await FaultOf<StackRequestInvalid>(() => Changes.ContinueRollbackAsync(new(Root, Home, "app"), ["B"], Cancel));
        await Changes.ContinueRollbackAsync(new(Root, Home, "app"), ["A"], Cancel);
        await WorkAsync();
        Assert.Equal(StackStatus.Restored, (await GetAsync("app")).Status);
    }

    [Fact]
    public async Task A_change_set_says_what_would_be_done_and_does_it()
    {
        var sets = new ChangeSets(Parts, Changes);
        var creation = await sets.CreateAsync(Asking(Simple), new("first", IsCreation: true), Cancel);
        Assert.Equal(StackStatus.Review, (await GetAsync("app")).Status);
        Assert.Equal(["Add A"], creation.Detail.Changes.Select(change => $"{change.Action} {change.LogicalId}"), StringComparer.Ordinal);
        await sets.ExecuteAsync(Asking(""), creation.Id, null, Cancel);
        await WorkAsync();
        Assert.Equal(StackStatus.Created, (await GetAsync("app")).Status);
        Assert.Equal("EXECUTE_COMPLETE", (await sets.GetAsync(Home, creation.Id, null, Cancel)).Set.Execution);

        var empty = await sets.CreateAsync(Asking(Simple), new("empty", IsCreation: false), Cancel);
        Assert.Equal(("FAILED", "UNAVAILABLE"), (empty.Status, empty.Execution));
        Assert.Equal("The submitted information didn't contain changes. Submit different information to create a change set.", empty.Reason);
        Assert.Equal($"ChangeSet [{empty.Id}] cannot be executed in its current status of [FAILED]", (await FaultOf<ChangeSetNotExecutable>(() => sets.ExecuteAsync(Asking(""), "empty", "app", Cancel))).Message);

        var change = await sets.CreateAsync(
            Asking("""
                Resources:
                  A: {Type: AWS::Test::Thing, Properties: {Name: a, Value: one}}
                  B: {Type: AWS::Test::Thing, Properties: {Value: !Ref A}}
                """),
            new("change", IsCreation: false),
            Cancel);
        Assert.Equal(["Modify A True", "Add B "], change.Detail.Changes.Select(one => $"{one.Action} {one.LogicalId} {one.Replacement}"), StringComparer.Ordinal);
        await sets.ExecuteAsync(Asking(""), "change", "app", Cancel);
        await WorkAsync();
        Assert.Equal(StackStatus.Updated, (await GetAsync("app")).Status);
        await FaultOf<ChangeSetNotFound>(() => sets.GetAsync(Home, "empty", "app", Cancel));
        Assert.Equal("Stack [nostack] does not exist", (await FaultOf<StackAbsent>(() => sets.GetAsync(Home, "x", "nostack", Cancel))).Message);
    }

    [Fact]
    public async Task The_same_request_once_more_is_the_same_stack()
    {
        var request = Asking(Simple) with { Operation = new(0, default) { Token = "t" } };
        var made = await Changes.CreateAsync(request, Cancel);

        Assert.Equal(made.Id, (await Changes.CreateAsync(request, Cancel)).Id);
        Assert.Equal("Stack [app] already exists", (await FaultOf<StackAlreadyExists>(() => Changes.CreateAsync(Asking(Simple), Cancel))).Message);
    }
}
