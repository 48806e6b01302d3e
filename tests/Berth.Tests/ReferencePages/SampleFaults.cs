using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Berth.Vocabulary;

namespace Berth.Tests.ReferencePages;

/// <summary>One way a fault can be, made of sample values.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="Form">What tells it from the fault's other forms; empty when there is one form only.</param>
/// <param name="Samples">The sample values in its sentence, with what each stands for.</param>
internal sealed record SampleFault(Fault Fault, string Form, IReadOnlyList<KeyValuePair<string, string>> Samples)
{
    /// <summary>A sentence with the names of its values in place of the samples.</summary>
    public string Generalize(string sentence) =>
        Samples.Aggregate(sentence, (text, sample) => text.Replace(sample.Key, sample.Value, StringComparison.Ordinal));
}

/// <summary>Makes every fault in each of its forms: one for every word of a choice, and one without what may be left out.</summary>
internal static class SampleFaults
{
    private const string Account = "123456789012";
    private const string Upload = "6cb64b8a-9378-0e33-2ab1-b780fab8a9e9";
    private const int FirstNumber = 7_770_001;

    private static readonly RepositoryId Repository =
        new(new(AccountId.Parse(Account), RegionName.Parse("us-east-1")), RepositoryName.Parse("sample/repository"));

    private static readonly Digest SampleDigest = Digest.Sha256Of("sample"u8);

    public static IEnumerable<Type> Types =>
        typeof(Fault).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Fault)) && !type.IsAbstract)
            .OrderBy(type => type.Name, StringComparer.Ordinal);

    public static IEnumerable<SampleFault> Of(Type type)
    {
        var constructor = type.GetConstructors().Single(IsPrimary);
        var parameters = constructor.GetParameters();
        if (Array.Find(parameters, parameter => parameter.ParameterType.IsEnum) is { } choice)
        {
            foreach (var value in Enum.GetValues(choice.ParameterType))
            {
                yield return Make(constructor, value.ToString()!, parameter => parameter == choice ? value : Sample(parameter));
            }
        }
        else
        {
            yield return Make(constructor, "", Sample);
            if (Array.Find(parameters, parameter => parameter.HasDefaultValue) is { } optional)
            {
                yield return Make(
                    constructor,
                    $"without {NameOf(optional)}",
                    parameter => parameter == optional ? parameter.DefaultValue : Sample(parameter));
            }
        }
    }

    // A record's primary constructor is the one whose parameters are its properties.
    private static bool IsPrimary(ConstructorInfo constructor) => constructor.GetParameters().All(parameter =>
        constructor.DeclaringType!.GetProperty(parameter.Name!)?.PropertyType == parameter.ParameterType);

    private static SampleFault Make(ConstructorInfo constructor, string form, Func<ParameterInfo, object?> value)
    {
        var parameters = constructor.GetParameters();
        return new((Fault)constructor.Invoke([.. parameters.Select(value)]), form, [.. Known, .. parameters.SelectMany(Numbers)]);
    }

    private static IEnumerable<KeyValuePair<string, string>> Known =>
    [
        new(Account, "<account>"),
        new("sample/repository", "<repository>"),
        new(SampleDigest.ToString(), "<digest>"),
        new("sample-tag", "<tag>"),
        new(Upload, "<upload>"),
    ];

    private static IEnumerable<KeyValuePair<string, string>> Numbers(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(int) || parameter.ParameterType == typeof(long)
            ? [new(NumberOf(parameter).ToString(CultureInfo.InvariantCulture), $"<{NameOf(parameter)}>")]
            : [];

    // Each number is another, so that it can be found again in the sentence.
    private static int NumberOf(ParameterInfo parameter) => FirstNumber + parameter.Position;

    private static string NameOf(ParameterInfo parameter) => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);

    private static object Sample(ParameterInfo parameter) =>
        (Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType) switch
        {
            var type when type == typeof(string) => $"<{NameOf(parameter)}>",
            var type when type == typeof(int) => NumberOf(parameter),
            var type when type == typeof(long) => (long)NumberOf(parameter),
            var type when type == typeof(bool) => true,
            var type when type == typeof(NetworkKind) => NetworkKind.Vpc,
            var type when type == typeof(TimeSpan) => TimeSpan.FromSeconds(1),
            var type when type == typeof(RepositoryId) => Repository,
            var type when type == typeof(RegistryId) => Repository.Registry,
            var type when type == typeof(Tag) => Tag.Parse("sample-tag"),
            var type when type == typeof(Digest) => SampleDigest,
            var type when type == typeof(UploadId) => new UploadId(Guid.Parse(Upload)),
            var type when type == typeof(IReadOnlyList<Digest>) => new[] { SampleDigest },
            var type when type == typeof(IReadOnlyList<string>) => new[] { $"<{NameOf(parameter)}>" },
            var type => throw new NotSupportedException($"no sample of {type} is known; add one here"),
        };
}
