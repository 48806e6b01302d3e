using System.Text.Json.Nodes;
using Berth.Server.Aws;

namespace Berth.Tests.Ecr;

/// <summary>Whatever a signed caller sends, each operation answers as AWS would, and the server goes on.</summary>
public sealed class HostileRequestTests : IAsyncLifetime
{
    private const int RequestsPerOperation = 60;

    private static readonly string[] Texts =
    [
        "", "app", "..", "a/../b", "a%2fb", "a\0b", "\u202e", "-", "A", "sha256:0", "sha512:" + new string('f', 128), "latest",
        "123456789012", "arn:aws:ecr:us-east-1:123456789012:repository/app", "KMS", "AES256", "MUTABLE", "WILDCARD", "***",
        new('x', 1_000), "{\"schemaVersion\":2}", "[[[[[[[[", "\ud800", "2020-01-01", "AAAA", "6cb64b8a-9378-0e33-2ab1-b780fab8a9e9",
    ];

    private EcrHost ecr = null!;

    public async ValueTask InitializeAsync()
    {
        ecr = await EcrHost.StartAsync();
        await ecr.CreateRepositoryAsync("app");
    }

    public ValueTask DisposeAsync() => ecr.DisposeAsync();

    [Fact]
    public async Task No_request_of_any_shape_is_more_than_its_operation_can_answer()
    {
        var random = new Random(20260115);
        foreach (var operation in ecr.Berth.Server.Services.SelectMany(service => service.Name is "ecr" ? service.Operations : []))
        {
            for (var count = 0; count < RequestsPerOperation; count++)
            {
                var request = Object(random, operation.RequestType, depth: 0);
                var reply = await ecr.CallAsync(operation.Name, request);

                Assert.True(reply.Status is 200 or 400, $"{operation.Name} {request.ToJsonString()}: {reply.Status} {reply.Body}");
                Assert.True(reply.Status is 200 || reply.Code!.EndsWith("Exception", StringComparison.Ordinal), reply.Body);
            }
        }

        Assert.DoesNotContain(" error ", ecr.Berth.Log.ToString(), StringComparison.Ordinal);
        await ecr.DoAsync("DescribeRepositories", new { });
    }

    // Members that the operation knows, with values that mostly fit and often do not.
    private static JsonObject Object(Random random, Type record, int depth)
    {
        var made = new JsonObject();
        foreach (var member in RecordShape.Of(record).Members)
        {
            if (random.Next(10) < 8)
            {
                made[member.ExplicitName ?? member.Path] = Value(random, member, depth + 1);
            }
        }

        return made;
    }

    private static JsonNode? Value(Random random, RecordMember member, int depth) =>
        member.Element is { } element && random.Next(8) > 0
            ? new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, element, depth + 1))])
            : Value(random, member.Type, depth);

    private static JsonNode? Value(Random random, Type type, int depth) => random.Next(8) switch
    {
        0 => Any(random, depth),
        _ when type == typeof(string) || type == typeof(byte[]) => Texts[random.Next(Texts.Length)],
        _ when type == typeof(bool) => random.Next(2) == 0,
        _ when type.IsPrimitive => random.Next(-2, 2_000),
        _ when RecordShape.IsRecord(type) => Object(random, type, depth),
        _ => Any(random, depth),
    };

    private static JsonNode? Any(Random random, int depth) => random.Next(depth > 6 ? 5 : 7) switch
    {
        0 => null,
        1 => true,
        2 => 1e300,
        3 => long.MinValue,
        4 => Texts[random.Next(Texts.Length)],
        5 => new JsonArray(Any(random, depth + 1), Any(random, depth + 1)),
        _ => new JsonObject { ["repositoryName"] = Any(random, depth + 1) },
    };
}
