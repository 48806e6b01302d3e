using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Berth.Tests.Gate;
using Berth.Tests.Trail;

namespace Berth.Tests.Models;

/// <summary>
/// Walks every operation of ECR's model over the wire. Each that exists answers as modelled, refuses what the model refuses with errors that
/// are modelled, asks for its permission, leaves its record and has its page.
/// </summary>
public sealed class EveryOperationTests : IAsyncLifetime
{
    private const string Nobody = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:*","Resource":"*"}}""";

    // What any operation may answer, from ECR's "Common Errors" and recorded answers.
    private static readonly string[] CommonErrors = ["AccessDeniedException", "SerializationException", "ThrottlingException"];

    private static readonly AwsModel Model = AwsModel.Read("ecr");

    private GateHost host = null!;

    public static TheoryData<string> Operations => [.. SampleCalls.All.Keys];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => host = await GateHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public void Every_operation_of_the_model_is_walked_or_stands_in_the_one_list_of_those_not_built()
    {
        var built = host.Berth.Server.Services.Single(service => service.Name is "ecr").Operations.Select(operation => operation.Name).ToList();

        Assert.Equal(string.Join(' ', built.Order(StringComparer.Ordinal)), string.Join(' ', SampleCalls.All.Keys.Order(StringComparer.Ordinal)));
        Assert.Equal(string.Join(' ', Model.Operations.Keys.Except(built, StringComparer.Ordinal).Order(StringComparer.Ordinal)), string.Join(' ', NotBuilt.Ecr));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_operation_answers_as_modelled_and_leaves_its_record(string operation)
    {
        var registry = await SampleCalls.ArrangeAsync(host.Root);
        var before = (await RecordsAsync(operation)).Select(IdOf).ToHashSet(StringComparer.Ordinal);

        var answer = await host.Root.DoAsync(operation, SampleCalls.RequestOf(operation, registry));

        var comparison = new AnswerComparison(Model);
        comparison.Compare(answer, Model.Operations[operation].Output, operation);
        Assert.Equal("", string.Join('\n', comparison.Differences));
        var record = Assert.Single(await RecordsAsync(operation), record => !before.Contains(IdOf(record)));
        Assert.Equal("ecr.amazonaws.com", record.GetProperty("eventSource").GetString());
        Assert.Equal("Root", record.GetProperty("userIdentity").GetProperty("type").GetString());
        Assert.False(record.TryGetProperty("errorCode", out _));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_operation_asks_for_its_permission_and_its_denial_is_recorded(string operation)
    {
        var registry = await SampleCalls.ArrangeAsync(host.Root);
        var user = await host.UserAsync("ann", Nobody);

        var denied = await user.CallAsync(operation, SampleCalls.RequestOf(operation, registry));

        Assert.Equal((HttpStatusCode.BadRequest, "AccessDeniedException"), (denied.Status, denied.Error.Code));
        Assert.Contains($"is not authorized to perform: ecr:{ActionOf(operation)} on resource: ", denied.Error.Text, StringComparison.Ordinal);
        var record = Assert.Single(await RecordsAsync(operation), record => record.TryGetProperty("errorCode", out _));
        Assert.Equal(("AccessDenied", denied.Error.Text), (record.GetProperty("errorCode").GetString(), record.GetProperty("errorMessage").GetString()));
        Assert.Equal(user.Arn, record.GetProperty("userIdentity").GetProperty("arn").GetString());
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task What_the_model_forbids_an_operation_refuses_with_a_modelled_error(string operation)
    {
        var registry = await SampleCalls.ArrangeAsync(host.Root);
        var modelled = Model.Operations[operation].Errors!.Concat(CommonErrors).ToHashSet(StringComparer.Ordinal);
        var wrong = new List<string>();
        foreach (var (what, request) in Damaged(operation, registry))
        {
            var reply = await host.Root.CallAsync(operation, request);
            if (reply.Status is not HttpStatusCode.BadRequest || !modelled.Contains(reply.Error.Code!))
            {
                wrong.Add($"{what}: {(int)reply.Status} {reply.Body}");
            }
        }

        Assert.Equal("", string.Join('\n', wrong));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_operation_has_its_page(string operation)
    {
        var page = await File.ReadAllTextAsync(Checkout.PathOf("docs/reference/operations/ecr.md"), Cancel);

        Assert.Contains($"\n## {operation}\n", page, StringComparison.Ordinal);
    }

    // Each member that is required left out, each that has bounds or a pattern out of them, and what it names not there.
    private static IEnumerable<(string What, JsonObject Request)> Damaged(string operation, Registry registry)
    {
        if (!Model.Shapes.TryGetValue(Model.Operations[operation].Input ?? "", out var input))
        {
            yield break;
        }

        foreach (var name in input.Required)
        {
            var request = SampleCalls.RequestOf(operation, registry);
            request.Remove(name);
            yield return ($"without {name}", request);
        }

        foreach (var (name, value) in input.Members.SelectMany(member => OutOfBounds(Model.Shapes[member.Value]).Select(value => (member.Key, value))))
        {
            var request = SampleCalls.RequestOf(operation, registry);
            request[name] = value;
            yield return ($"{name} {Cut(value.ToJsonString())}", request);
        }

        if (input.Members.ContainsKey("repositoryName") && operation is not "CreateRepository")
        {
            var request = SampleCalls.RequestOf(operation, registry);
            request["repositoryName"] = "nowhere";
            yield return ("a repository that is not there", request);
        }
    }

    private static IEnumerable<JsonNode> OutOfBounds(ModelShape shape)
    {
        switch (shape.Type)
        {
            case "string" when shape.Enum.Count > 0:
                yield return JsonValue.Create("NONE_OF_THESE");
                break;
            case "string":
                if (shape.Min is > 0)
                {
                    yield return JsonValue.Create(new string('a', (int)shape.Min - 1));
                }

                if (shape.Max is { } longest and < 100_000)
                {
                    yield return JsonValue.Create(new string('a', (int)longest + 1));
                }

                if (shape.Pattern is not null)
                {
                    yield return JsonValue.Create("\u00a7 \u00a7");
                }

                break;
            case "integer" when shape.Max is { } most:
                yield return JsonValue.Create((shape.Min ?? 0) - 1);
                yield return JsonValue.Create(most + 1);
                break;
            case "list":
                if (shape.Min is > 0)
                {
                    yield return new JsonArray();
                }

                foreach (var element in OutOfBounds(Model.Shapes[shape.Member!]).Take(1))
                {
                    yield return new JsonArray(element);
                }

                break;
        }
    }

    private static string Cut(string text) => text.Length > 40 ? text[..40] + "..." : text;

    private string ActionOf(string operation)
    {
        var service = host.Berth.Server.Services.Single(one => one.Name is "ecr");
        return service.ActionOf(service.Operations.Single(one => string.Equals(one.Name, operation, StringComparison.Ordinal)))["ecr:".Length..];
    }

    private async Task<IReadOnlyList<JsonElement>> RecordsAsync(string operation)
    {
        var (_, body) = await host.LookUpAsync(new { LookupAttributes = new[] { new { AttributeKey = "EventName", AttributeValue = operation } } });
        return [.. body.GetProperty("Events").EnumerateArray().Select(found => JsonElement.Parse(found.GetProperty("CloudTrailEvent").GetString()!))];
    }

    private static string IdOf(JsonElement record) => record.GetProperty("eventID").GetString()!;
}
