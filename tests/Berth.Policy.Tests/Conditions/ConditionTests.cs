using Berth.Policy.Documents;

namespace Berth.Policy.Tests.Conditions;

/// <summary>Each operator as AWS documents it, in a statement that allows everything else.</summary>
public sealed class ConditionTests
{
    private static readonly RequestContext Context = new(
    [
        new("aws:username", ContextValue.One("Ann")),
        new("aws:PrincipalTag/odd", ContextValue.One("a*b")),
        new("aws:MultiFactorAuthAge", ContextValue.One("300")),
        new("aws:CurrentTime", ContextValue.One("2026-03-15T12:00:00Z")),
        new("aws:EpochTime", ContextValue.One("1773576000")),
        new("aws:SecureTransport", ContextValue.One("true")),
        new("aws:SourceIp", ContextValue.One("203.0.113.7")),
        new("aws:VpcSourceIp", ContextValue.One("2001:db8::7")),
        new("aws:SourceArn", ContextValue.One("arn:aws:ecr:us-east-1:111111111111:repository/team/app")),
        new("aws:PrincipalTag/key", ContextValue.One("QmVydGg=")),
        new("aws:TagKeys", ContextValue.Several("team", "stage")),
        new("aws:CalledVia", ContextValue.Several()),
    ]);

    [Theory]
    [InlineData("StringEquals", "aws:username", "\"Ann\"", true)]
    [InlineData("StringEquals", "AWS:USERNAME", "\"Ann\"", true)]
    [InlineData("StringEquals", "aws:username", "\"ann\"", false)]
    [InlineData("StringEquals", "aws:username", "\"A*\"", false)]
    [InlineData("StringEquals", "aws:username", "[\"Bob\",\"Ann\"]", true)]
    [InlineData("StringNotEquals", "aws:username", "[\"Bob\",\"Ann\"]", false)]
    [InlineData("StringEqualsIgnoreCase", "aws:username", "\"aNN\"", true)]
    [InlineData("StringNotEqualsIgnoreCase", "aws:username", "\"aNN\"", false)]
    [InlineData("StringLike", "aws:username", "\"A??\"", true)]
    [InlineData("StringNotLike", "aws:username", "\"A??\"", false)]
    [InlineData("NumericEquals", "aws:MultiFactorAuthAge", "300.0", true)]
    [InlineData("NumericLessThan", "aws:MultiFactorAuthAge", "\"301\"", true)]
    [InlineData("NumericLessThanEquals", "aws:MultiFactorAuthAge", "\"299\"", false)]
    [InlineData("NumericGreaterThan", "aws:MultiFactorAuthAge", "\"many\"", false)]
    [InlineData("DateEquals", "aws:EpochTime", "\"2026-03-15T12:00:00Z\"", true)]
    [InlineData("DateGreaterThan", "aws:CurrentTime", "\"2026-03-15\"", true)]
    [InlineData("DateLessThan", "aws:CurrentTime", "\"2026-03-15T12:30:00+01:00\"", false)]
    [InlineData("DateLessThan", "aws:CurrentTime", "\"99999999999999999999\"", false)]
    [InlineData("Bool", "aws:SecureTransport", "\"True\"", true)]
    [InlineData("Bool", "aws:SecureTransport", "false", false)]
    [InlineData("BinaryEquals", "aws:PrincipalTag/key", "\"QmVydGg=\"", true)]
    [InlineData("BinaryEquals", "aws:PrincipalTag/key", "\"Berth\"", false)]
    [InlineData("IpAddress", "aws:SourceIp", "[\"192.0.2.1\",\"203.0.113.0/24\"]", true)]
    [InlineData("IpAddress", "aws:SourceIp", "\"203.0.113.7\"", true)]
    [InlineData("IpAddress", "aws:SourceIp", "\"203.0.113.0/30\"", false)]
    [InlineData("IpAddress", "aws:SourceIp", "\"0.0.0.0/0\"", true)]
    [InlineData("IpAddress", "aws:SourceIp", "\"::/0\"", false)]
    [InlineData("IpAddress", "aws:VpcSourceIp", "\"2001:db8::/33\"", true)]
    [InlineData("NotIpAddress", "aws:VpcSourceIp", "\"2001:db9::/32\"", true)]
    [InlineData("IpAddress", "aws:SourceIp", "\"203.0.113.7/33\"", false)]
    [InlineData("ArnEquals", "aws:SourceArn", "\"arn:aws:ecr:*:111111111111:repository/*\"", true)]
    [InlineData("ArnLike", "aws:SourceArn", "\"arn:aws:*:repository/team/app\"", false)]
    [InlineData("ArnNotLike", "aws:SourceArn", "\"arn:aws:s3:::*\"", true)]
    [InlineData("ArnLike", "aws:username", "\"arn:*:*:*:*:*\"", false)]
    [InlineData("Null", "aws:username", "\"false\"", true)]
    [InlineData("Null", "aws:userid", "true", true)]
    [InlineData("Null", "aws:CalledVia", "true", true)]
    public void An_operator_compares_as_documented(string name, string key, string value, bool holds) =>
        Assert.Equal(holds, Holds(name, key, value));

    [Theory]
    [InlineData("StringEquals", false)]
    [InlineData("StringNotEquals", true)]
    [InlineData("StringEqualsIfExists", true)]
    [InlineData("NumericLessThan", false)]
    [InlineData("NotIpAddress", true)]
    [InlineData("ArnNotLikeIfExists", true)]
    [InlineData("ForAllValues:StringEquals", true)]
    [InlineData("ForAllValues:StringNotEquals", true)]
    [InlineData("ForAnyValue:StringEquals", false)]
    [InlineData("ForAnyValue:StringNotEquals", false)]
    public void An_absent_key_fails_what_is_asserted_of_it_and_passes_what_is_denied(string name, bool holds)
    {
        Assert.Equal(holds, Holds(name, "aws:SourceVpce", "\"vpce-1\""));
        Assert.Equal(holds, Holds(name, "aws:CalledVia", "\"cloudformation.amazonaws.com\""));
    }

    [Theory]
    [InlineData("ForAllValues:StringEquals", "[\"team\",\"stage\",\"cost\"]", true)]
    [InlineData("ForAllValues:StringEquals", "\"team\"", false)]
    [InlineData("ForAllValues:StringNotEquals", "\"cost\"", true)]
    [InlineData("ForAllValues:StringNotEquals", "\"team\"", false)]
    [InlineData("ForAnyValue:StringLike", "\"st*\"", true)]
    [InlineData("ForAnyValue:StringLike", "\"cost\"", false)]
    [InlineData("ForAnyValue:StringNotEquals", "\"team\"", true)]
    [InlineData("ForAnyValue:StringNotEquals", "[\"team\",\"stage\"]", false)]
    [InlineData("StringEquals", "\"team\"", false)]
    public void A_key_of_many_values_takes_a_set_operator(string name, string value, bool holds) =>
        Assert.Equal(holds, Holds(name, "aws:TagKeys", value));

    [Theory]
    [InlineData("StringEquals", "${aws:username}", true)]
    [InlineData("StringEquals", "${ AWS:UserName }", true)]
    [InlineData("StringEquals", "${aws:userid, 'Ann'}", true)]
    [InlineData("StringEquals", "${aws:userid}", false)]
    [InlineData("StringNotEquals", "${aws:userid}", true)]
    [InlineData("StringEquals", "${aws:TagKeys}", false)]
    [InlineData("StringLike", "${aws:username", false)]
    [InlineData("StringLike", "A${*}", false)]
    [InlineData("StringLike", "A*${?}", false)]
    public void A_variable_is_its_key_s_value_or_its_default(string name, string value, bool holds) =>
        Assert.Equal(holds, Holds(name, "aws:username", $"\"{value}\""));

    [Fact]
    public void What_a_variable_brings_is_no_wildcard()
    {
        Assert.True(Holds("StringLike", "aws:PrincipalTag/odd", "\"${aws:PrincipalTag/odd}\""));
        Assert.True(Holds("StringLike", "aws:PrincipalTag/odd", "\"a${*}b\""));
        Assert.False(Holds("StringLike", "aws:username", "\"${aws:PrincipalTag/none, '*'}\""));
    }

    [Fact]
    public void In_the_first_version_a_variable_is_text() =>
        Assert.False(Holds("StringEquals", "aws:username", "\"${aws:username}\"", PolicyDocument.Legacy));

    [Fact]
    public void Keys_and_operators_must_hold_together()
    {
        Assert.False(HoldsAll("""{"StringEquals":{"aws:username":"Ann","aws:PrincipalTag/odd":"x"}}"""));
        Assert.False(HoldsAll("""{"StringEquals":{"aws:username":"Ann"},"Bool":{"aws:SecureTransport":"false"}}"""));
        Assert.True(HoldsAll("""{"StringEquals":{"aws:username":"Ann"},"Bool":{"aws:SecureTransport":"true"}}"""));
    }

    private static bool Holds(string name, string key, string value, string version = PolicyDocument.Current) =>
        HoldsAll($"{{\"{name}\":{{\"{key}\":{value}}}}}", version);

    private static bool HoldsAll(string block, string version = PolicyDocument.Current)
    {
        var policy = PolicyReader.Read(
            $$"""{"Version":"{{version}}","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition": {{block}} }]}""",
            PolicyGrammar.OfIdentity);
        var request = new AccessRequest("arn:aws:iam::111111111111:user/Ann", "111111111111", "ecr:PutImage", "*", "111111111111") { Context = Context };
        return Evaluator.Decide(request, new() { Identity = [policy] }).Verdict is Verdict.Allowed;
    }
}
