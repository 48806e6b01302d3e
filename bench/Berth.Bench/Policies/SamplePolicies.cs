using System.Globalization;
using System.Text;

namespace Berth.Bench.Policies;

/// <summary>Policies as teams write them: a statement for each project, some with a condition.</summary>
internal static class SamplePolicies
{
    public const string Account = "123456789012";

    private const int MostInOne = 100;

    /// <summary>The repository that only the last of the statements is about.</summary>
    public static string LastRepository(int statements) => Repository(statements - 1);

    /// <summary>So many statements, in documents of a hundred at most: one has a greatest length.</summary>
    public static IEnumerable<string> Documents(int statements) =>
        Enumerable.Range(0, statements).Chunk(MostInOne).Select(numbers => Document(numbers[0], numbers[^1]));

    private static string Document(int first, int last)
    {
        var text = new StringBuilder("""{"Version":"2012-10-17","Statement":[""");
        for (var i = first; i <= last; i++)
        {
            text.Append(i == first ? "" : ",").Append(CultureInfo.InvariantCulture, $$"""
                {"Sid":"Project{{i}}","Effect":"Allow",
                 "Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer","ecr:BatchCheckLayerAvailability","ecr:PutImage","ecr:*LayerUpload"],
                 "Resource":"{{Repository(i)}}*"{{(i % 4 == 0 ? Condition : "")}}}
                """);
        }

        return text.Append("]}").ToString();
    }

    private const string Condition = ""","Condition":{"StringEquals":{"aws:PrincipalTag/team":"blue"},"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}""";

    private static string Repository(int project) =>
        string.Create(CultureInfo.InvariantCulture, $"arn:aws:ecr:us-east-1:{Account}:repository/project-{project}/app");
}
