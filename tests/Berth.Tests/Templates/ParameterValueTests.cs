using Berth.Templates;
using Berth.Vocabulary;

namespace Berth.Tests.Templates;

public sealed class ParameterValueTests
{
    private const string Latest = "/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-arm64-gp2";

    [Theory]
    [InlineData("{Type: String}", null, "Parameters: [P] must have values")]
    [InlineData("{Type: Number}", "seven", "Parameter 'P' must be a number.")]
    [InlineData("{Type: List<Number>}", "1, x", "Parameter 'P' must be a number.")]
    [InlineData("{Type: Number, MinValue: 3}", "2", "Parameter 'P' must be a number not less than 3")]
    [InlineData("{Type: Number, MaxValue: 3}", "4", "Parameter 'P' must be a number not greater than 3")]
    [InlineData("{Type: String, MinLength: 3}", "ab", "Parameter 'P' must contain at least 3 characters")]
    [InlineData("{Type: String, MaxLength: 1}", "ab", "Parameter 'P' must contain at most 1 characters")]
    [InlineData("{Type: String, AllowedValues: [a, b]}", "c", "Parameter 'P' must be one of AllowedValues")]
    [InlineData("{Type: String, AllowedPattern: '[a-z]+'}", "abC", "Parameter 'P' must match pattern [a-z]+")]
    [InlineData("{Type: String, AllowedPattern: '(a+)+b', ConstraintDescription: small letters}", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "Parameter P failed to satisfy constraint: small letters")]
    [InlineData("{Type: 'AWS::SSM::Parameter::Value<String>'}", "/mine", "Unable to fetch parameters [/mine] from parameter store for this account.")]
    public void A_value_that_does_not_fit_is_refused(string declared, string? value, string message) =>
        Assert.Equal(message, Assert.IsType<TemplateInvalid>(Assert.Throws<FaultException>(() => Resolve(declared, value)).Fault).Message);

    [Theory]
    [InlineData("{Type: String, Default: 5}", null, "5")]
    [InlineData("{Type: String, Default: 5}", "6", "6")]
    [InlineData("{Type: String, AllowedPattern: '(?=a)[a-z]+'}", "abc", "abc")]
    [InlineData("{Type: 'List<AWS::EC2::Subnet::Id>'}", "a,b", "a,b")]
    [InlineData("{Type: AWS::EC2::VPC::Id}", "vpc-1", "vpc-1")]
    public void A_value_that_fits_is_what_it_is(string declared, string? value, string expected) =>
        Assert.Equal((expected, null), (Resolve(declared, value).Value, Resolve(declared, value).Resolved));

    [Fact]
    public void A_public_parameter_stands_for_an_image_that_is_the_same_every_time()
    {
        var value = Resolve("{Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>'}", Latest);

        Assert.Equal(Latest, value.Value);
        Assert.Matches("^ami-[0-9a-f]{17}$", value.Resolved);
        Assert.Equal(value.Resolved, value.Effective);
        Assert.Equal(value.Resolved, Resolve("{Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: " + Latest + "}", null).Resolved);
    }

    [Fact]
    public void What_the_template_does_not_declare_cannot_be_given() => Assert.Equal(
        "Parameters: [X] do not exist in the template",
        Assert.Throws<FaultException>(() => ParameterValues.Resolve(
            Template.Parse("Resources: {A: {Type: T}}"), new Dictionary<string, string>(StringComparer.Ordinal) { ["X"] = "1" }, "us-east-1")).Message);

    private static ParameterValue Resolve(string declared, string? value)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        if (value is not null)
        {
            given["P"] = value;
        }

        return ParameterValues.Resolve(Template.Parse($"Parameters: {{P: {declared}}}\nResources: {{A: {{Type: T}}}}"), given, "us-east-1").Single();
    }
}
