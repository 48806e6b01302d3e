using Berth.Stacks;
using Berth.Tests.Engines;

namespace Berth.Tests.Stacks;

public sealed class SqliteNestedStackTests() : NestedStackContract(new SqliteTestDatabase());

[Trait("needs", "postgresql")]
public sealed class PostgreSqlNestedStackTests(PostgreSqlServer server) : NestedStackContract(new PostgreSqlTestDatabase(server));

public abstract class NestedStackContract(TestDatabase rows) : StackContract(rows)
{
    private const string Parent = """
        Parameters: {Value: {Type: String}, Fail: {Type: String, Default: none}}
        Resources:
          Child: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "https://templates.s3.us-east-1.amazonaws.com/child.yaml", Parameters: {Value: !Ref Value}}}
          After: {Type: AWS::Test::Thing, Properties: {Value: !GetAtt Child.Outputs.Name, Fail: !Ref Fail}}
        """;

    private const string Child = """
        Parameters: {Value: {Type: String}}
        Resources:
          Inner: {Type: AWS::Test::Thing, Properties: {Value: !Ref Value, Fail: !Sub "x${Value}"}}
        Outputs:
          Name: {Value: !Sub "${Inner}-${Value}"}
        """;

    [Fact]
    public async Task A_nested_stack_is_made_changed_and_deleted_with_its_parent()
    {
        Templates["child.yaml"] = Child;
        var stack = await CreateAsync(Asking(Parent, ("Value", "one")));

        Assert.Equal(StackStatus.Created, stack.Status);
        var child = await GetAsync((await ResourceAsync(stack, "Child")).PhysicalId!);
        Assert.Matches("^app-Child-[A-Z2-7]{12}$", child.Name);
        Assert.Equal((StackStatus.Created, stack.Id, stack.Id), (child.Status, child.ParentId, child.RootId));
        var inner = (await ResourceAsync(child, "Inner")).PhysicalId!;
        Assert.Equal($"{inner}-one", Things.World[(await ResourceAsync(stack, "After")).PhysicalId!]["Value"]!.GetValue<string>());

        var updated = await UpdateAsync(Asking(Parent, ("Value", "two")));
        Assert.Equal(StackStatus.Updated, updated.Status);
        Assert.Equal($"{inner}-two", Things.World[(await ResourceAsync(stack, "After")).PhysicalId!]["Value"]!.GetValue<string>());

        Assert.Equal(StackStatus.Deleted, (await DeleteAsync()).Status);
        Assert.Equal(StackStatus.Deleted, (await GetAsync(child.Id)).Status);
        Assert.Empty(Things.World);
    }

    [Fact]
    public async Task A_nested_stack_that_cannot_be_made_fails_its_parent_and_is_gone_with_it()
    {
        Templates["child.yaml"] = Child;
        var stack = await CreateAsync(Asking(Parent, ("Value", "create")));

        Assert.Equal(StackStatus.RolledBack, stack.Status);
        Assert.Contains(await EventsAsync(stack), line => line.StartsWith("Child CREATE_FAILED: Embedded stack arn:aws:cloudformation:us-east-1:123456789012:stack/app-Child-", StringComparison.Ordinal)
            && line.EndsWith("was not successfully created: The following resource(s) failed to create: [Inner]. ", StringComparison.Ordinal));
        Assert.Empty(Things.World);
    }

    [Fact]
    public async Task A_nested_stack_goes_back_with_its_parent_even_when_its_template_has_changed_meanwhile()
    {
        Templates["child.yaml"] = Child;
        var first = await CreateAsync(Asking(Parent, ("Value", "one")));
        var child = await GetAsync((await ResourceAsync(first, "Child")).PhysicalId!);
        Templates["child.yaml"] = Child.Replace("Outputs:", "  More: {Type: AWS::Test::Thing}\nOutputs:", StringComparison.Ordinal);

        var stack = await UpdateAsync(Asking(Parent, ("Value", "two"), ("Fail", "update")));

        Assert.Equal(StackStatus.Restored, stack.Status);
        var back = await GetAsync(child.Id);
        Assert.Equal((StackStatus.Restored, Child), (back.Status, back.Source.Template));
        Assert.Equal("one", Things.World[(await ResourceAsync(back, "Inner")).PhysicalId!]["Value"]!.GetValue<string>());
        Assert.Equal(2, Things.World.Count);
    }

    [Fact]
    public async Task A_nested_update_that_fails_is_taken_back_and_so_is_its_parents()
    {
        Templates["child.yaml"] = Child;
        await CreateAsync(Asking(Parent, ("Value", "one")));

        var stack = await UpdateAsync(Asking(Parent, ("Value", "update")));

        Assert.Equal(StackStatus.Restored, stack.Status);
        Assert.Contains(await EventsAsync(stack), line => line.Contains("was not successfully updated. Currently in UPDATE_ROLLBACK_", StringComparison.Ordinal));
        Assert.Equal(StackStatus.Updated, (await UpdateAsync(Asking(Parent, ("Value", "three")))).Status);
    }

    [Fact]
    public async Task A_template_that_is_not_there_is_the_resources_own_failure()
    {
        var stack = await CreateAsync(Asking(Parent, ("Value", "one")));

        Assert.Equal(StackStatus.RolledBack, stack.Status);
        Assert.Contains(await EventsAsync(stack), line => line.StartsWith("Child CREATE_FAILED: S3 error: The specified key does not exist.", StringComparison.Ordinal));
    }
}
