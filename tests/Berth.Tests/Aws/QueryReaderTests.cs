using Berth.Server.Aws;
using Berth.Vocabulary;
using Microsoft.Extensions.Primitives;

namespace Berth.Tests.Aws;

public sealed class QueryReaderTests
{
    private sealed record Request
    {
        public required string RoleArn { get; init; }

        public int? DurationSeconds { get; init; }

        public bool? Force { get; init; }

        public DateTimeOffset? Since { get; init; }

        public IReadOnlyList<ResourceTag>? Tags { get; init; }

        public IReadOnlyList<string>? Names { get; init; }

        public ResourceTag? Inner { get; init; }
    }

    [Fact]
    public void Members_lists_and_structures_are_read_by_their_names()
    {
        var request = Read(
            ("RoleArn", "arn"), ("DurationSeconds", "900"), ("Force", "true"), ("Since", "2019-11-09T13:34:41Z"),
            ("Tags.member.1.Key", "a"), ("Tags.member.1.Value", "1"), ("Tags.member.2.Key", "b"),
            ("Names.member.1", "x"), ("Names.member.2", "y"), ("Names.member.4", "never reached"), ("Inner.Key", "k"));

        Assert.Equal("arn", request.RoleArn);
        Assert.Equal(900, request.DurationSeconds);
        Assert.True(request.Force);
        Assert.Equal(new DateTimeOffset(2019, 11, 9, 13, 34, 41, TimeSpan.Zero), request.Since);
        Assert.Equal([new() { Key = "a", Value = "1" }, new() { Key = "b" }], request.Tags);
        Assert.Equal(["x", "y"], request.Names);
        Assert.Equal(new() { Key = "k" }, request.Inner);
    }

    [Fact]
    public void What_is_not_given_stays_unset_and_an_empty_list_is_empty()
    {
        var request = Read(("Names", ""));

        Assert.Null(request.RoleArn);
        Assert.Null(request.Tags);
        Assert.Null(request.Inner);
        Assert.Equal([], request.Names);
    }

    [Theory]
    [InlineData("DurationSeconds", "soon")]
    [InlineData("DurationSeconds", "99999999999")]
    [InlineData("Force", "perhaps")]
    [InlineData("Since", "yesterday")]
    public void A_value_of_another_type_is_refused(string name, string value)
    {
        var refused = Assert.Throws<FaultException>(() => Read((name, value)));

        Assert.Equal(new RequestUnreadable($"the value of '{name}' cannot be read"), refused.Fault);
    }

    private static Request Read(params (string Name, string Value)[] form) =>
        (Request)new QueryReader(form.ToDictionary(pair => pair.Name, pair => new StringValues(pair.Value), StringComparer.Ordinal))
            .Read(typeof(Request));
}
