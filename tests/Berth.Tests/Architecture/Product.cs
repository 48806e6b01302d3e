using System.Reflection;
using System.Runtime.CompilerServices;
using Berth.Policy;
using Berth.Server.Hosting;
using Berth.Vocabulary;

namespace Berth.Tests.Architecture;

/// <summary>The assemblies that are shipped.</summary>
internal static class Product
{
    public static Assembly Server { get; } = typeof(BerthServer).Assembly;

    public static IReadOnlyList<Type> Types { get; } =
        [.. new[] { typeof(Evaluator).Assembly, typeof(Fault).Assembly, Server }.SelectMany(assembly => assembly.GetTypes())];

    /// <summary>The types that somebody wrote; the compiler's own follow rules of its own.</summary>
    public static IReadOnlyList<Type> WrittenTypes { get; } = [.. Types.Where(type => !IsGenerated(type))];

    /// <summary>Whether a class was declared as a record.</summary>
    public static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static bool IsGenerated(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal)
        || type.IsDefined(typeof(CompilerGeneratedAttribute))
        || type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute))
        || type.Namespace is not { } name
        || !name.StartsWith("Berth", StringComparison.Ordinal)
        || (type.DeclaringType is { } outer && IsGenerated(outer));
}
