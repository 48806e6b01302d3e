using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Berth.Identity;
using Berth.Server.Aws;
using Berth.Server.Gate;
using Berth.Server.Hosting;
using Berth.Vocabulary;

namespace Berth.Tests.ReferencePages;

/// <summary>Requests that name resources, made to learn which ones an operation checks.</summary>
internal static partial class SampleRequests
{
    private const string RepositoryName = "sample/repository";

    private const string Iam = "arn:aws:iam::123456789012:";

    private static readonly RegistryId Registry = new BerthOptions().HomeRegistry;

    private static readonly Dictionary<string, object> Names = new(StringComparer.Ordinal)
    {
        ["RepositoryName"] = RepositoryName,
        ["RepositoryNames"] = new[] { RepositoryName },
        ["ResourceArn"] = Registry.RepositoryArn(RepositoryName),
        ["UserName"] = "<user>",
        ["GroupName"] = "<group>",
        ["RoleName"] = "<role>",
        ["PolicyName"] = "<policy>",
        ["InstanceProfileName"] = "<profile>",
        ["InstanceId"] = "<instance>",
        ["ClusterName"] = "<cluster>",
        ["AssociationId"] = "<association>",
        ["RoleArn"] = $"{Iam}role/<role>",
        ["PolicyArn"] = $"{Iam}policy/<policy>",
        ["PolicySourceArn"] = $"{Iam}user/<user>",
        ["OpenIDConnectProviderArn"] = $"{Iam}oidc-provider/<provider>",
        ["StackName"] = "<stack>",
        ["ChangeSetName"] = "<change set>",
        ["Url"] = "https://provider.example",
        ["AWSServiceName"] = "replication.ecr.amazonaws.com",
        ["DeletionTaskId"] = "task/aws-service-role/replication.ecr.amazonaws.com/AWSServiceRoleForECRReplication/x",
    };

    public static Caller Caller { get; } =
        new(new($"{Iam}user/<caller>", Registry.Account, "AIDASAMPLE"), BerthHost.AccessKeyId);

    public static Circumstances Circumstances { get; } =
        new(Source: null, IsSecure: false, UserAgent: "", Referer: null, Registry.Region, DateTimeOffset.UnixEpoch);

    public static RepositoryId Repository { get; } = new(Registry, Berth.Vocabulary.RepositoryName.Parse(RepositoryName));

    /// <summary>The ARNs an operation is checked against, when a request names all it may and when it names only what it must.</summary>
    public static IEnumerable<string> ResourcesOf(Operation operation)
    {
        var call = new Call(Caller, Registry.Region, "sample", Circumstances);
        return Requests(operation.RequestType)
            .SelectMany(request => operation.ResourcesOf(call, request))
            .Select(Generalize)
            .Distinct(StringComparer.Ordinal);
    }

    /// <summary>An ARN without the sample registry or account that it begins with, and with words in place of sample names.</summary>
    public static string Generalize(string arn) => Organization().Replace(arn, "organization/<organization>")
        .Replace(Iam, "", StringComparison.Ordinal)
        .Replace("provider.example", "<provider>", StringComparison.Ordinal)
        .Replace(Registry.RepositoryArn(""), "repository/", StringComparison.Ordinal)
        .Replace(RepositoryName, "<repository>", StringComparison.Ordinal);

    private static IEnumerable<object> Requests(Type record) => [Make(record, withOptional: true), Make(record, withOptional: false)];

    private static object Make(Type record, bool withOptional)
    {
        var request = Activator.CreateInstance(record)!;
        foreach (var property in record.GetProperties().Where(property => withOptional || IsRequired(property)))
        {
            if (Names.TryGetValue(property.Name, out var name))
            {
                property.SetValue(request, name);
            }
            else if (IsRequired(property) && Unnamed(property) is { } sample)
            {
                property.SetValue(request, sample);
            }
        }

        return request;
    }

    private static object? Unnamed(PropertyInfo property)
    {
        var name = $"<{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}>";
        return property.PropertyType == typeof(string) ? name
            : property.PropertyType.IsAssignableFrom(typeof(string[])) ? new[] { name }
            : null;
    }

    [GeneratedRegex(@"arn:aws:organizations::\d{12}:organization/o-\w+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Organization();

    private static bool IsRequired(PropertyInfo property) => property.IsDefined(typeof(RequiredMemberAttribute));
}
