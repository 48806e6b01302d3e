using System.Reflection;
using System.Runtime.CompilerServices;
using Berth.Server.Aws;
using Berth.Vocabulary;

namespace Berth.Tests.Aws;

public sealed class AwsErrorsTests
{
    private static readonly RepositoryId Repository =
        new(new(AccountId.Parse("123456789012"), RegionName.Parse("us-east-1")), RepositoryName.Parse("app"));

    public static TheoryData<string> Faults =>
        [.. typeof(Fault).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Fault)) && !type.IsAbstract).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Every_fault_has_an_error_on_both_protocols(string name)
    {
        var fault = Make(name);

        Assert.EndsWith("Exception", AwsErrors.Of(fault, ErrorStyle.Ecr).Code, StringComparison.Ordinal);
        Assert.NotEmpty(AwsErrors.Of(fault, ErrorStyle.Query).Code);
    }

    [Fact]
    public void A_part_out_of_order_says_how_far_the_upload_is()
    {
        var upload = new UploadId(Guid.Parse("6cb64b8a-9378-0e33-2ab1-b780fab8a9e9"));

        var error = AwsErrors.Of(new LayerPartOutOfOrder(Repository, upload, First: 10, Expected: 5), ErrorStyle.Ecr);

        Assert.Equal("InvalidLayerPartException", error.Code);
        Assert.Equal("First byte of the layer part is 10 instead of 5", error.Message);
        Assert.Equal(
            [
                new("registryId", "123456789012"), new("repositoryName", "app"),
                new("uploadId", "6cb64b8a-9378-0e33-2ab1-b780fab8a9e9"), new("lastValidByteReceived", 4L),
            ],
            error.Members);
    }

    [Fact]
    public void A_key_that_cannot_be_used_carries_KMSs_own_code() =>
        Assert.Equal([new("kmsError", "NotFoundException")], AwsErrors.Of(new KeyUnavailable("alias/x"), ErrorStyle.Ecr).Members);

    /// <summary>A fault of a type: the table looks at that, and at the few members it passes on.</summary>
    internal static Fault Make(string name)
    {
        var type = typeof(Fault).Assembly.GetTypes().Single(type => type.IsSubclassOf(typeof(Fault)) && !type.IsAbstract && string.Equals(type.Name, name, StringComparison.Ordinal));
        var fault = (Fault)RuntimeHelpers.GetUninitializedObject(type);
        type.GetProperty("Repository")?.SetValue(fault, Repository);
        typeof(Fault).GetField("<Message>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(fault, "said");
        return fault;
    }
}
