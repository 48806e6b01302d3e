using System.Reflection;

namespace Berth.Tests.Architecture;

/// <summary>Rules on every type and every source file.</summary>
public sealed class ShapeTests
{
    private const int MostParameters = 5;
    private const int MostLines = 500;

    private static readonly string[] SourceFolders = ["src", "tests"];

    private static readonly string[] NamesThatSayNothing = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Processor"];

    [Fact]
    public void Every_class_is_sealed_abstract_or_static() =>
        Assert.DoesNotContain(Product.WrittenTypes, type => type is { IsClass: true, IsAbstract: false, IsSealed: false });

    [Fact]
    public void The_server_shows_nothing_to_other_assemblies() =>
        Assert.DoesNotContain(Product.WrittenTypes, type => type.Assembly == Product.Server && type.IsVisible);

    // A record's positional parameters are its members, which nobody has to remember the order of.
    [Fact]
    public void No_constructor_has_more_than_five_parameters() => Assert.Empty(
        from type in Product.WrittenTypes
        where !Product.IsRecord(type)
        from constructor in type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
        where constructor.GetParameters().Length > MostParameters
        select $"{type} takes {constructor.GetParameters().Length}");

    [Fact]
    public void No_type_has_a_name_that_says_nothing() => Assert.DoesNotContain(
        Product.WrittenTypes,
        type => NamesThatSayNothing.Any(ending => type.Name.Split('`')[0].EndsWith(ending, StringComparison.Ordinal)));

    [Fact]
    public void No_source_file_is_longer_than_500_lines()
    {
        var files = SourceFolders
            .SelectMany(folder => Directory.EnumerateFiles(Checkout.PathOf(folder), "*.cs", SearchOption.AllDirectories))
            .Select(path => (Lines: File.ReadLines(path).Count(), Name: Path.GetRelativePath(Checkout.Root, path)))
            .OrderByDescending(file => file.Lines)
            .ToArray();

        foreach (var (lines, name) in files.Take(10))
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{lines,5} {name}");
        }

        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, file => file.Lines > MostLines);
    }
}
