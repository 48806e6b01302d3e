using Berth.Server.Aws;
using Berth.Tests.Aws;
using Berth.Vocabulary;

namespace Berth.Tests.Models;

/// <summary>Holds what is built against AWS's published models. An operation that is added is checked without a change here.</summary>
public sealed class ModelTests
{
    private static readonly Dictionary<string, (AwsModel Model, bool IsJson)> Models = new(StringComparer.Ordinal)
    {
        ["CloudFormation"] = (AwsModel.Read("cloudformation"), false),
        ["CloudTrail"] = (AwsModel.Read("cloudtrail"), false),
        ["Ecr"] = (AwsModel.Read("ecr"), true),
        ["Iam"] = (AwsModel.Read("iam"), false),
        ["Organizations"] = (AwsModel.Read("organizations"), false),
        ["Sts"] = (AwsModel.Read("sts"), false),
    };

    // What any JSON service may answer, from ECR's "Common Errors" and recorded answers.
    private static readonly string[] CommonErrors =
    [
        "AccessDeniedException", "ExpiredTokenException", "IncompleteSignatureException", "InvalidSignatureException",
        "MissingAuthenticationTokenException", "RequestEntityTooLargeException", "SerializationException",
        "ServiceUnavailableException", "ThrottlingException", "UnknownOperationException", "UnrecognizedClientException",
    ];

    public static TheoryData<string> Operations => [.. Built.Select(operation => operation.FullName!)];

    // Services of Berth's own, which AWS has no model of; and EC2, which has a test of its own.
    private static readonly string[] OwnServices = ["Delivery", "Ec2"];

    private static IEnumerable<Type> Built => typeof(Operation).Assembly.GetTypes().Where(type =>
        type.IsSubclassOf(typeof(Operation)) && !type.IsAbstract && !OwnServices.Contains(ServiceOf(type), StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Operations))]
    public void An_operations_records_are_those_of_the_model(string name)
    {
        var operation = typeof(Operation).Assembly.GetType(name, throwOnError: true)!;
        var (model, isJson) = Models[ServiceOf(operation)];
        Assert.True(model.Operations.TryGetValue(operation.Name, out var modelled), $"{operation.Name} is not in the model");

        var records = operation.BaseType!.GetGenericArguments();
        var request = new RecordComparison(model, isJson, isRequest: true);
        request.Compare(records[0], modelled.Input, operation.Name);
        var response = new RecordComparison(model, isJson, isRequest: false);
        response.Compare(records[1], modelled.Output, operation.Name);

        Assert.Equal("", string.Join('\n', request.Differences.Concat(response.Differences)));
    }

    [Theory]
    [MemberData(nameof(AwsErrorsTests.Faults), MemberType = typeof(AwsErrorsTests))]
    public void Every_error_code_is_one_of_a_JSON_services(string fault)
    {
        var code = AwsErrors.Of(AwsErrorsTests.Make(fault), ErrorStyle.Ecr).Code;

        Assert.Contains(code, Models["Ecr"].Model.ErrorCodes.Concat(Models["Organizations"].Model.ErrorCodes).Concat(Models["CloudTrail"].Model.ErrorCodes).Concat(CommonErrors).ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_error_of_the_models_that_carries_members_carries_them_here()
    {
        var carried = typeof(Fault).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Fault)) && !type.IsAbstract)
            .Select(type => AwsErrors.Of(AwsErrorsTests.Make(type.Name), ErrorStyle.Ecr))
            .Where(error => error.Members.Count > 0);

        foreach (var error in carried)
        {
            var members = Models["Ecr"].Model.Shapes[error.Code].Members.Keys.Except(["message"], StringComparer.Ordinal);
            Assert.Equal(members.Order(StringComparer.Ordinal), error.Members.Select(member => member.Key).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Operations_not_built_yet_answer_UnknownOperationException()
    {
        await using var host = await AwsHost.StartAsync();
        var built = Built.Where(type => ServiceOf(type) is "Ecr").Select(type => type.Name);
        foreach (var name in Models["Ecr"].Model.Operations.Keys.Except(built, StringComparer.Ordinal))
        {
            var request = host.SampleRequest(name, "{}");
            request.Headers.Remove("X-Amz-Target");
            request.Headers.Add("X-Amz-Target", $"AmazonEC2ContainerRegistry_V20150921.{name}");

            var reply = await host.SendAsync(request, "ecr");

            Assert.Equal(
                (400, $$"""{"__type":"UnknownOperationException","message":"the operation '{{name}}' is not available here"}"""),
                (reply.Status, reply.Body));
        }
    }

    [Fact]
    public async Task STS_actions_not_built_yet_answer_InvalidAction()
    {
        await using var host = await AwsHost.StartAsync();
        var built = Built.Where(type => ServiceOf(type) is "Sts").Select(type => type.Name);
        foreach (var name in Models["Sts"].Model.Operations.Keys.Except(built, StringComparer.Ordinal))
        {
            var reply = await host.QueryAsync($"Action={name}&Version=2011-06-15");

            Assert.Equal(400, reply.Status);
            Assert.Contains("<Code>InvalidAction</Code>", reply.Body, StringComparison.Ordinal);
        }
    }

    // Berth.Server.Ecr.Lifecycle -> Ecr
    private static string ServiceOf(Type operation) => operation.Namespace!.Split('.')[2];
}
