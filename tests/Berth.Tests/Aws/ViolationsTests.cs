using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Vocabulary;

namespace Berth.Tests.Aws;

public sealed class ViolationsTests
{
    private static readonly Echo.Request Good = new() { Name = "abc", First = 0 };

    [Fact]
    public void A_request_that_keeps_every_rule_passes()
    {
        Violations.Refuse(
            Good with { MaxResults = 1000, Mutability = "MUTABLE", Numbers = ["123"], Tags = [new() { Key = "k" }], Blob = [1, 2, 3, 4] },
            ErrorStyle.Ecr);
        Violations.Refuse(Good with { MaxResults = 1, Tags = [], Blob = [] }, ErrorStyle.Query);
    }

    [Fact]
    public void One_broken_pattern_is_said_in_ECRs_own_form() =>
        AssertEcr(Good with { Name = "Bad!" }, new ParameterInvalid("name", "must satisfy regular expression '[a-z]+'"));

    [Fact]
    public void One_broken_range_is_said_in_ECRs_own_form() =>
        AssertEcr(Good with { MaxResults = 1001 }, new ParameterInvalid("maxResults", "Member must have value less than or equal to 1000"));

    [Fact]
    public void One_unknown_word_is_said_in_ECRs_own_form() =>
        AssertEcr(Good with { Mutability = "mutable" }, new ParameterInvalid("mutability", "Member must satisfy enum value set: [MUTABLE, IMMUTABLE]"));

    [Fact]
    public void A_missing_member_is_said_in_the_frameworks_form() =>
        AssertEcr(Good with { Name = null! }, "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null");

    [Fact]
    public void A_broken_length_is_said_in_the_frameworks_form() =>
        AssertEcr(Good with { Name = "a" }, "1 validation error detected: Value 'a' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 2");

    [Fact]
    public void A_pattern_must_match_the_whole_text() =>
        AssertEcr(Good with { Name = "abc\n" }, new ParameterInvalid("name", "must satisfy regular expression '[a-z]+'"));

    [Fact]
    public void Several_violations_are_all_named_in_one_sentence() =>
        AssertEcr(
            Good with { Name = "A", First = null, MaxResults = 0 },
            "4 validation errors detected: "
            + "Value 'A' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]+; "
            + "Value 'A' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 2; "
            + "Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1; "
            + "Value null at 'first' failed to satisfy constraint: Member must not be null");

    [Fact]
    public void Members_of_listed_structures_are_named_by_number() =>
        AssertEcr(
            Good with { Tags = [new() { Key = "k" }, new() { Key = null! }], Outer = new() { Key = "much too long" } },
            "2 validation errors detected: "
            + "Value null at 'tags.2.member.key' failed to satisfy constraint: Member must not be null; "
            + "Value 'much too long' at 'outer.key' failed to satisfy constraint: Member must have length less than or equal to 8");

    [Fact]
    public void Of_listed_values_the_whole_list_is_named() =>
        AssertEcr(
            Good with { Numbers = ["123", "x"] },
            new ParameterInvalid("numbers", "Member must satisfy constraint: [Member must satisfy regular expression pattern: [0-9]{3}, Member must not be null]"));

    [Fact]
    public void A_list_may_hold_no_null_and_no_more_than_its_bound()
    {
        AssertEcr(
            Good with { Numbers = ["123", null!] },
            "1 validation error detected: Value '[123, ]' at 'numbers' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy regular expression pattern: [0-9]{3}, Member must not be null]");
        AssertEcr(
            Good with { Numbers = ["123", "456", "789"] },
            "1 validation error detected: Value '[123, 456, 789]' at 'numbers' failed to satisfy constraint: Member must have length less than or equal to 2");
        AssertEcr(
            Good with { Tags = [null!] },
            "1 validation error detected: Value null at 'tags.1.member' failed to satisfy constraint: Member must not be null");
    }

    [Fact]
    public void Bytes_and_long_texts_are_not_repeated()
    {
        AssertEcr(
            Good with { Blob = [1, 2, 3, 4, 5] },
            "1 validation error detected: Value at 'blob' failed to satisfy constraint: Member must have length less than or equal to 4");
        AssertEcr(
            Good with { Name = new('a', 200_000) },
            "2 validation errors detected: "
            + "Value at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]+; "
            + "Value at 'name' failed to satisfy constraint: Member must have length less than or equal to 8");
    }

    [Fact]
    public void A_Query_service_says_everything_in_the_frameworks_form()
    {
        var refused = Assert.Throws<FaultException>(() => Violations.Refuse(Good with { Name = "Bad!" }, ErrorStyle.Query));

        Assert.Equal(
            new ConstraintsViolated("1 validation error detected: Value 'Bad!' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]+"),
            refused.Fault);
    }

    private static void AssertEcr(Echo.Request request, string message) => AssertEcr(request, new ConstraintsViolated(message));

    private static void AssertEcr(Echo.Request request, Fault fault)
    {
        var refused = Assert.Throws<FaultException>(() => Violations.Refuse(request, ErrorStyle.Ecr));
        Assert.Equal(fault, refused.Fault);
    }
}
