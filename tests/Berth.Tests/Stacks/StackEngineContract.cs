using Berth.Stacks;
using Berth.Tests.Engines;
using Berth.Vocabulary;

namespace Berth.Tests.Stacks;

public sealed class SqliteStackEngineTests() : StackEngineContract(new SqliteTestDatabase());

[Trait("needs", "postgresql")]
public sealed class PostgreSqlStackEngineTests(PostgreSqlServer server) : StackEngineContract(new PostgreSqlTestDatabase(server));

public abstract class StackEngineContract(TestDatabase rows) : StackContract(rows)
{
    private const string Chain = """
        Resources:
          C: {Type: AWS::Test::Thing, DependsOn: B}
          A: {Type: AWS::Test::Thing, Properties: {Value: one}}
          B: {Type: AWS::Test::Thing, Properties: {Value: !GetAtt A.Arn}}
        Outputs:
          Last: {Value: !Ref C, Description: the last}
        """;

    [Fact]
    public async Task Resources_are_made_in_the_order_in_which_they_need_each_other_and_removed_in_the_other()
    {
        var stack = await CreateAsync(Asking(Chain));

        Assert.Equal((StackStatus.Created, null), (stack.Status, stack.StatusReason));
        Assert.Equal(["create A", "create B", "create C"], Things.Log, StringComparer.Ordinal);
        var a = await ResourceAsync(stack, "A");
        Assert.Matches("^app-A-[A-Z2-7]{12}$", a.PhysicalId);
        Assert.Equal($"arn:test:{a.PhysicalId}", Things.World[(await ResourceAsync(stack, "B")).PhysicalId!]["Value"]!.GetValue<string>());
        Assert.Equal([new("Last", (await ResourceAsync(stack, "C")).PhysicalId!, "the last", null)], stack.Outputs);
        Assert.Equal(
            [
                "app CREATE_IN_PROGRESS: User Initiated",
                "A CREATE_IN_PROGRESS", "A CREATE_IN_PROGRESS: Resource creation Initiated", "A CREATE_COMPLETE",
                "B CREATE_IN_PROGRESS", "B CREATE_IN_PROGRESS: Resource creation Initiated", "B CREATE_COMPLETE",
                "C CREATE_IN_PROGRESS", "C CREATE_IN_PROGRESS: Resource creation Initiated", "C CREATE_COMPLETE",
                "app CREATE_COMPLETE",
            ],
            await EventsAsync(stack));

        Things.Log.Clear();
        var deleted = await DeleteAsync();
        Assert.Equal(StackStatus.Deleted, deleted.Status);
        Assert.Equal(["delete C", "delete B", "delete A"], Things.Log, StringComparer.Ordinal);
        Assert.Empty(Things.World);
        await FaultOf<StackNotFound>(() => GetAsync("app"));
        Assert.All(await Reads.ResourcesAsync(deleted, Cancel), one => Assert.Equal(StackStatus.Deleted, one.Status));
    }

    [Fact]
    public async Task What_does_not_need_each_other_is_made_at_once_but_not_all_of_it()
    {
        await CreateAsync(Asking("Resources: {" + string.Join(", ", Enumerable.Range(0, 12).Select(at => $"R{at}: {{Type: AWS::Test::Thing}}")) + "}"));

        Assert.Equal(12, Things.World.Count);
        Assert.InRange(Things.MostAtOnce, 1, 4);
    }

    [Fact]
    public async Task A_stack_that_cannot_be_made_is_rolled_back_and_says_why()
    {
        var stack = await CreateAsync(Asking("""
            Resources:
              A: {Type: AWS::Test::Thing}
              B: {Type: AWS::Test::Thing, DependsOn: A, Properties: {Fail: create}}
              C: {Type: AWS::Test::Thing, DependsOn: B}
            """));

        Assert.Equal(StackStatus.RolledBack, stack.Status);
        Assert.Empty(Things.World);
        Assert.Equal(["create A", "create B", "delete A"], Things.Log, StringComparer.Ordinal);
        var events = await EventsAsync(stack);
        Assert.Contains("app ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [B]. Rollback requested by user.", events, StringComparer.Ordinal);
        Assert.Contains(events, line => line.StartsWith("B CREATE_FAILED: Resource handler returned message: \"The repository with name 'app' in registry with id '123456789012' cannot be deleted because it still contains images\" (RequestToken: ", StringComparison.Ordinal)
            && line.EndsWith(", HandlerErrorCode: GeneralServiceException)", StringComparison.Ordinal));
        await FaultOf<StackRequestInvalid>(() => Changes.UpdateAsync(Asking(Chain), Cancel));
        Assert.Equal(StackStatus.Deleted, (await DeleteAsync()).Status);
    }

    [Theory]
    [InlineData("DO_NOTHING", StackStatus.CreateFailed, 1)]
    [InlineData("DELETE", StackStatus.Deleted, 0)]
    public async Task What_becomes_of_a_failure_can_be_chosen(string onFailure, string status, int left)
    {
        var request = Asking("""
            Resources:
              A: {Type: AWS::Test::Thing}
              B: {Type: AWS::Test::Thing, DependsOn: A, Properties: {Fail: create}}
            """);

        var stack = await CreateAsync(request with { Operation = new(0, default) { OnFailure = onFailure } });

        Assert.Equal((status, left), (stack.Status, Things.World.Count));
    }

    [Fact]
    public async Task An_update_changes_what_differs_and_replaces_what_cannot_be_changed()
    {
        var first = await CreateAsync(Asking(Template("one", "x", "gone")));
        var (kept, replaced) = ((await ResourceAsync(first, "Kept")).PhysicalId, (await ResourceAsync(first, "Replaced")).PhysicalId);
        Things.Log.Clear();

        var stack = await UpdateAsync(Asking(Template("two", "y", null)));

        Assert.Equal(StackStatus.Updated, stack.Status);
        Assert.Equal(["create Replaced", "delete Gone", "delete Replaced", "update Kept", "update User"], Things.Log.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(kept, (await ResourceAsync(stack, "Kept")).PhysicalId);
        Assert.Equal(("x", "y"), (replaced, (await ResourceAsync(stack, "Replaced")).PhysicalId));
        Assert.Equal("y", Things.World[(await ResourceAsync(stack, "User")).PhysicalId!]["Value"]!.GetValue<string>());
        Assert.Equal(4, Things.World.Count);
        var events = await EventsAsync(stack);
        Assert.Contains("Replaced UPDATE_IN_PROGRESS: Requested update requires the creation of a new physical resource; hence creating one.", events, StringComparer.Ordinal);
        Assert.Equal(["app UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "app UPDATE_COMPLETE"], events.Where(line => line.StartsWith("app UPDATE_COMPLETE", StringComparison.Ordinal)), StringComparer.Ordinal);
        Assert.Equal("No updates are to be performed.", (await FaultOf<StackRequestInvalid>(() => Changes.UpdateAsync(Asking(Template("two", "y", null)), Cancel))).Message);

        static string Template(string value, string name, string? gone) => $$$"""
            Resources:
              Same: {Type: AWS::Test::Thing}
              Kept: {Type: AWS::Test::Thing, Properties: {Value: {{{value}}} } }
              Replaced: {Type: AWS::Test::Thing, Properties: {Name: {{{name}}} } }
              User: {Type: AWS::Test::Thing, Properties: {Value: !Ref Replaced} }
              {{{(gone is null ? "" : "Gone: {Type: AWS::Test::Thing, DependsOn: Same}")}}}
            """;
    }

    [Fact]
    public async Task An_update_that_fails_is_taken_back_to_what_was()
    {
        var first = await CreateAsync(Asking(Template("one", "x", "")));
        var before = Things.World.ToDictionary(one => one.Key, one => one.Value.ToJsonString(), StringComparer.Ordinal);

        var stack = await UpdateAsync(Asking(Template("two", "y", ", Fail: update create")));

        Assert.Equal(StackStatus.Restored, stack.Status);
        Assert.Equal(before, Things.World.ToDictionary(one => one.Key, one => one.Value.ToJsonString(), StringComparer.Ordinal));
        Assert.Contains("app UPDATE_ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [Bad]. Rollback requested by user.", await EventsAsync(stack), StringComparer.Ordinal);
        Assert.Equal(first.Source.Template, stack.Source.Template);
        Assert.Equal("x", (await ResourceAsync(stack, "Replaced")).PhysicalId);
        Assert.Equal(StackStatus.Updated, (await UpdateAsync(Asking(Template("three", "z", "")))).Status);
        Assert.Equal(StackStatus.Deleted, (await DeleteAsync()).Status);
        Assert.Empty(Things.World);

        static string Template(string value, string name, string fail) => $$$"""
            Resources:
              Kept: {Type: AWS::Test::Thing, Properties: {Value: {{{value}}} } }
              Replaced: {Type: AWS::Test::Thing, DependsOn: Kept, Properties: {Name: {{{name}}} } }
              {{{(fail.Length == 0 ? "" : "Bad: {Type: AWS::Test::Thing, DependsOn: Replaced, Properties: {Value: a" + fail + "}}")}}}
            """;
    }

    [Fact]
    public async Task What_is_to_be_retained_stays_when_it_leaves_the_stack()
    {
        await CreateAsync(Asking("""
            Resources:
              A: {Type: AWS::Test::Thing, DeletionPolicy: Retain, Properties: {Name: a}}
              B: {Type: AWS::Test::Thing, UpdateReplacePolicy: Retain, Properties: {Name: b}}
              C: {Type: AWS::Test::Thing, DeletionPolicy: Retain, Properties: {Name: c}}
              D: {Type: AWS::Test::Thing}
            """));
        await UpdateAsync(Asking("""
            Resources:
              A: {Type: AWS::Test::Thing, DeletionPolicy: Retain, Properties: {Name: a}}
              B: {Type: AWS::Test::Thing, UpdateReplacePolicy: Retain, Properties: {Name: b2}}
              D: {Type: AWS::Test::Thing}
            """));
        Assert.Equal(["a", "b", "b2", "c"], Things.World.Keys.Where(name => name.Length < 3).Order(StringComparer.Ordinal), StringComparer.Ordinal);

        var stack = await DeleteAsync();

        Assert.Equal(["a", "b", "c"], Things.World.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Contains("A DELETE_SKIPPED", await EventsAsync(stack), StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_deleted_is_named_and_may_be_left_alone()
    {
        await CreateAsync(Asking("""
            Resources:
              A: {Type: AWS::Test::Thing, Properties: {Name: a}}
              B: {Type: AWS::Test::Thing, DependsOn: A, Properties: {Name: b, Fail: delete}}
              C: {Type: AWS::Test::Thing, DependsOn: B}
            """));
        await FaultOf<StackRequestInvalid>(() => Changes.DeleteAsync(new(Root, Home, "app") { Operation = new(0, default) { Retain = ["B"] } }, Cancel));

        var failed = await DeleteAsync();
        Assert.Equal((StackStatus.DeleteFailed, "The following resource(s) failed to delete: [B]. "), (failed.Status, failed.StatusReason));
        Assert.Equal(["a", "b"], Things.World.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);

        var deleted = await DeleteAsync(request => request with { Operation = new(0, default) { Retain = ["B"] } });
        Assert.Equal(StackStatus.Deleted, deleted.Status);
        Assert.Equal(["b"], Things.World.Keys);
    }

    [Theory]
    [InlineData("create")]
    [InlineData("delete")]
    public async Task A_kill_in_the_midst_of_a_step_leaves_nothing_twice_and_nothing_behind(string step)
    {
        var stack = await CreateAsync(Asking($$"""
            Resources:
              A: {Type: AWS::Test::Thing}
              B: {Type: AWS::Test::Thing, DependsOn: A, Properties: {Kill: {{step}} } }
              C: {Type: AWS::Test::Thing, DependsOn: B}
            """));
        Assert.Equal((StackStatus.Created, 3), (stack.Status, Things.World.Count));

        Assert.Equal(StackStatus.Deleted, (await DeleteAsync()).Status);
        Assert.Empty(Things.World);
        Assert.Single(Things.Log, line => string.Equals(line, $"{step} B again", StringComparison.Ordinal));
        Assert.Single(Things.Works.Where(work => work.LogicalId is "B").Select(work => work.Suffix).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_kill_beside_a_failure_leaves_nothing_behind()
    {
        var stack = await CreateAsync(Asking("""
            Resources:
              A: {Type: AWS::Test::Thing, Properties: {Kill: create}}
              B: {Type: AWS::Test::Thing, Properties: {Fail: create}}
            """));

        Assert.Equal(StackStatus.RolledBack, stack.Status);
        Assert.Empty(Things.World);
    }

    [Fact]
    public async Task A_resource_on_its_way_is_waited_for()
    {
        var stack = await CreateAsync(Asking("""
            Resources:
              A: {Type: AWS::Test::Thing, Properties: {Slow: create delete}}
              B: {Type: AWS::Test::Thing, DependsOn: A}
            """));

        Assert.Equal(StackStatus.Created, stack.Status);
        Assert.Equal(StackStatus.Deleted, (await DeleteAsync()).Status);
    }

    [Fact]
    public async Task A_flaw_of_properties_is_the_resources_own_failure()
    {
        var stack = await CreateAsync(Asking("Resources: {A: {Type: AWS::Test::Thing, Properties: {Value: [1]}}}"));

        Assert.Contains("A CREATE_FAILED: Property validation failure: [The property {/Value} is no string]", await EventsAsync(stack), StringComparer.Ordinal);
        Assert.Empty(Things.Log);
    }

    [Fact]
    public async Task Tags_of_the_stack_reach_every_resource_and_so_does_their_change()
    {
        await CreateAsync(Asking(Chain) with { Tags = [new("Team", "a")] });
        Things.Works.Clear();

        await UpdateAsync(Asking(Chain) with { Tags = [new("Team", "b")] });

        Assert.All(Things.Works, work => Assert.Equal((new("Team", "b"), new("Team", "a")), (work.Tags[0], work.FormerTags[0])));
        Assert.Equal(3, Things.Works.Count);
    }
}
