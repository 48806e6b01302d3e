using System.Text.Json.Nodes;
using Berth.Templates;
using Berth.Vocabulary;

namespace Berth.Tests.Templates;

/// <summary>What functions give, the same in YAML and in JSON.</summary>
public sealed class TemplateFunctionTests
{
    private const string Rest = """
        Parameters:
          Text: {Type: String, Default: hello}
          List: {Type: CommaDelimitedList, Default: "a, b,c"}
          Number: {Type: Number, Default: 7}
        Mappings: {Map: {us-east-1: {Name: east, Names: [n1, n2]}}}
        Conditions:
          Is: !Equals [!Ref Text, hello]
          Not: !Not [!Condition Is]
          Both: !And [!Condition Is, !Not [!Condition Not], !Or [!Condition Not, !Equals [!Ref Number, '7']]]
        Resources:
          Other: {Type: T}
          A:
            Type: T
            Properties:
              P:
        """;

    [Theory]
    [InlineData("!Ref Text", "\"hello\"")]
    [InlineData("!Ref List", """["a","b","c"]""")]
    [InlineData("!Ref Other", "\"other-id\"")]
    [InlineData("!Ref AWS::StackName", "\"app\"")]
    [InlineData("!Ref 'AWS::AccountId'", "\"123456789012\"")]
    [InlineData("!Ref AWS::URLSuffix", "\"amazonaws.com\"")]
    [InlineData("!Ref AWS::NotificationARNs", "[]")]
    [InlineData("!Ref AWS::NoValue", null)]
    [InlineData("[a, !Ref AWS::NoValue, {x: !Ref AWS::NoValue, y: 1}]", """["a",{"y":1}]""")]
    [InlineData("!GetAtt Other.Arn", "\"other.Arn\"")]
    [InlineData("!GetAtt Other.Outputs.X", "\"other.Outputs.X\"")]
    [InlineData("!GetAtt [Other, !Sub 'A${AWS::Region}']", "\"other.Aus-east-1\"")]
    [InlineData("!Sub '${Text} ${!Text} ${Other} ${Other.Arn} ${AWS::Region} $x'", "\"hello ${Text} other-id other.Arn us-east-1 $x\"")]
    [InlineData("!Sub ['${V}-${Text}', {V: !Ref Number}]", "\"7-hello\"")]
    [InlineData("!Join ['-', [a, 1, true, !Ref Text]]", "\"a-1-true-hello\"")]
    [InlineData("!Join ['|', !Ref List]", "\"a|b|c\"")]
    [InlineData("!Split [',', 'a,b']", """["a","b"]""")]
    [InlineData("!Select [1, !Split ['|', 'a|b|c']]", "\"b\"")]
    [InlineData("!Select ['2', !Ref List]", "\"c\"")]
    [InlineData("!If [Is, one, !Ref Other]", "\"one\"")]
    [InlineData("!If [Not, one, !Ref AWS::NoValue]", null)]
    [InlineData("!If [Both, yes, no]", "true")]
    [InlineData("!FindInMap [Map, !Ref AWS::Region, Name]", "\"east\"")]
    [InlineData("!FindInMap [Map, us-east-1, Names]", """["n1","n2"]""")]
    [InlineData("!Base64 héllo", "\"aMOpbGxv\"")]
    [InlineData("!Cidr [10.0.0.0/16, 3, 8]", """["10.0.0.0/24","10.0.1.0/24","10.0.2.0/24"]""")]
    [InlineData("!Cidr ['2001:db8::/56', 2, 64]", """["2001:db8::/64","2001:db8:0:1::/64"]""")]
    [InlineData("!GetAZs ''", """["us-east-1a","us-east-1b","us-east-1c"]""")]
    [InlineData("!Select [0, !GetAZs {Ref: AWS::Region}]", "\"us-east-1a\"")]
    [InlineData("!ImportValue shared", "\"imported\"")]
    [InlineData("{Version: 2012-10-17, Id: 012345678901, N: 10, F: 1.50, T: true, Condition: {Bool: {x: yes}}}", """{"Version":"2012-10-17","Id":"012345678901","N":10,"F":1.50,"T":true,"Condition":{"Bool":{"x":true}}}""")]
    public void A_function_gives_what_CloudFormation_gives(string value, string? expected)
    {
        var template = Rest + " " + value;

        Assert.Equal(expected, Evaluate(template)?.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));

        // The long forms in JSON mean the same.
        Assert.Equal(Evaluate(template)?.ToJsonString(), Evaluate(TemplateText.Read(template).ToJsonString())?.ToJsonString());
    }

    [Theory]
    [InlineData("!FindInMap [Map, C, Suffix]", "Template error: Unable to get mapping for Map::C::Suffix")]
    [InlineData("!Select [3, [a, b]]", "Template error: Fn::Select requires a list argument with two elements: an integer index and a list")]
    [InlineData("!ImportValue missing", "No export named missing found")]
    [InlineData("!Join ['', [[a]]]", "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.")]
    [InlineData("!Sub ['${List}', {}]", "Template error: the value of 'List' in Fn::Sub is not a string")]
    [InlineData("!Cidr [10.0.0.0/24, 300, 8]", "Template error: every Fn::Cidr object requires two parameters, (1) an IP address block and (2) the number of blocks to be made, and may have (3) the number of bits of each")]
    [InlineData("!Cidr [10.0.0.0/24, 2, 8]", "Template error: Fn::Cidr cannot make 2 blocks of 8 bits of '10.0.0.0/24'")]
    public void A_function_that_cannot_is_refused(string value, string message) =>
        Assert.Equal(message, Assert.Throws<FaultException>(() => Evaluate(Rest + " " + value)).Message);

    [Theory]
    [InlineData("!Ref Maybe", "Template format error: Unresolved resource dependencies [Maybe] in the Resources block of the template")]
    [InlineData("!GetAtt Maybe.Arn", "Template format error: Unresolved resource dependencies [Maybe] in the Resources block of the template")]
    [InlineData("!If [Not, !Ref Maybe, x]", null)]
    public void What_has_a_condition_that_does_not_hold_cannot_be_referred_to(string value, string? message)
    {
        var evaluation = EvaluationOf((Rest + " " + value).Replace("Resources:\n", "Resources:\n  Maybe: {Type: T, Condition: Not}\n", StringComparison.Ordinal));

        var error = Record.Exception(evaluation.CheckConditions);

        Assert.Equal(message, error?.Message);
        Assert.Equal(["Other", "A"], evaluation.Resources.Select(resource => resource.LogicalId), StringComparer.Ordinal);
    }

    private static JsonNode? Evaluate(string text)
    {
        var evaluation = EvaluationOf(text);
        return evaluation.Evaluate(evaluation.Template.FindResource("A")!.Properties["P"], new Others());
    }

    private static TemplateEvaluation EvaluationOf(string text)
    {
        var template = Template.Parse(text);
        return new(
            template,
            new("123456789012", "us-east-1", "aws", "app", "arn:aws:cloudformation:us-east-1:123456789012:stack/app/1"),
            ParameterValues.Resolve(template, new Dictionary<string, string>(StringComparer.Ordinal), "us-east-1"))
        {
            Exports = name => name is "shared" ? "imported" : null,
        };
    }

    private sealed class Others : ResourceLookup
    {
        public override string Ref(string logicalId) => "other-id";

        public override JsonNode Attribute(string logicalId, string attribute) => JsonValue.Create($"other.{attribute}");
    }
}
