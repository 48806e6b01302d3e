using Berth.Server.Aws;

namespace Berth.Tests.Models;

/// <summary>
/// Holds what is built of EC2 against its model. Requests need not have every member, as a parameter that no member reads is refused; what
/// they have must be named, nested and typed as modelled. Operations that the copy of the model lacks are declared in the same way.
/// </summary>
public sealed class Ec2ModelTests
{
    private static readonly AwsModel Model = AwsModel.Read("ec2");

    public static TheoryData<string> Operations =>
    [
        .. typeof(Operation).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Operation)) && !type.IsAbstract && Model.Operations.ContainsKey(type.Name)
                && type.Namespace!.StartsWith("Berth.Server.Ec2.", StringComparison.Ordinal))
            .Select(type => type.FullName!),
    ];

    [Fact]
    public void Every_operation_of_the_copied_model_is_built() => Assert.Equal(Model.Operations.Count, Operations.Count);

    [Theory]
    [MemberData(nameof(Operations))]
    public void An_operations_records_are_those_of_the_model(string name)
    {
        var operation = typeof(Operation).Assembly.GetType(name, throwOnError: true)!;
        var modelled = Model.Operations[operation.Name];
        var records = operation.BaseType!.GetGenericArguments();
        var differences = new List<string>();

        Compare(records[0], modelled.Input, operation.Name, isRequest: true, differences);
        Compare(records[1], modelled.Output, operation.Name, isRequest: false, differences);

        Assert.Equal("", string.Join('\n', differences));
    }

    private static void Compare(Type record, string? shapeName, string path, bool isRequest, List<string> differences)
    {
        var shape = shapeName is null ? new ModelShape("structure") : Model.Shapes[shapeName];
        if (shape.Type is not "structure")
        {
            differences.Add($"{path} is a record, the model has {shape.Type}");
            return;
        }

        var members = RecordShape.Of(record).Members;
        differences.AddRange(shape.Required.Except(members.Select(member => member.Name), StringComparer.Ordinal).Where(_ => isRequest).Select(name => $"{path}.{name} is missing"));
        foreach (var member in members)
        {
            if (!shape.Members.TryGetValue(member.Name, out var inner))
            {
                differences.Add($"{path}.{member.Name} is not in the model");
                continue;
            }

            var modelled = shape.Locations.GetValueOrDefault(member.Name, member.Name);
            var (wire, expected) = isRequest ? (Capital(member.ExplicitName ?? member.Name), Capital(modelled)) : (member.Path, modelled);
            if (!string.Equals(wire, expected, StringComparison.Ordinal))
            {
                differences.Add($"{path}.{member.Name} is '{wire}' on the wire, the model has '{expected}'");
            }

            CompareValue(member.Element ?? member.Type, member.Element is not null, Model.Shapes[inner], inner, $"{path}.{member.Name}", isRequest, differences);
        }
    }

    private static void CompareValue(Type type, bool isList, ModelShape shape, string shapeName, string path, bool isRequest, List<string> differences)
    {
        if (isList != shape.Type is "list")
        {
            differences.Add($"{path} is {(isList ? "a" : "no")} list, the model has {shape.Type}");
            return;
        }

        var (name, value) = isList ? (shape.Member!, Model.Shapes[shape.Member!]) : (shapeName, shape);
        if (RecordShape.IsRecord(type) && type != typeof(string))
        {
            Compare(type, name, path, isRequest, differences);
        }
        else if (!string.Equals(TypeOf(type), value.Type, StringComparison.Ordinal))
        {
            differences.Add($"{path} is {type.Name}, the model has {value.Type}");
        }
    }

    private static string TypeOf(Type type) =>
        type == typeof(int) ? "integer" : type == typeof(bool) ? "boolean" : type == typeof(DateTimeOffset) ? "timestamp" : "string";

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
