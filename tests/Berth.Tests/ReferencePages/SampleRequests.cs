using System.Reflection;
using System.Runtime.CompilerServices;
using Berth.Identity;
using Berth.Server.Aws;
using Berth.Server.Gate;
using Berth.Server.Hosting;
using Berth.Vocabulary;

namespace Berth.Tests.ReferencePages;

/// <summary>Requests that name resources, made to learn which ones an operation checks.</summary>
internal static class SampleRequests
{
    private const string RepositoryName = "sample/repository";

    private static readonly RegistryId Registry = new BerthOptions().HomeRegistry;

    private static readonly Dictionary<string, object> Names = new(StringComparer.Ordinal)
    {
        ["RepositoryName"] = RepositoryName,
        ["RepositoryNames"] = new[] { RepositoryName },
        ["ResourceArn"] = Registry.RepositoryArn(RepositoryName),
    };

    public static Caller Caller { get; } = new(Principal.Root(Registry.Account, Registry.Region.Partition), BerthHost.AccessKeyId);

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

    /// <summary>An ARN without the sample registry that it begins with, and with a word in place of the sample repository.</summary>
    public static string Generalize(string arn) => arn
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
        }

        return request;
    }

    private static bool IsRequired(PropertyInfo property) => property.IsDefined(typeof(RequiredMemberAttribute));
}
