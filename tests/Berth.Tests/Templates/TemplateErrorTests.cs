using Berth.Templates;
using Berth.Vocabulary;

namespace Berth.Tests.Templates;

/// <summary>Templates that CloudFormation refuses, with its words.</summary>
public sealed class TemplateErrorTests
{
    private const string A = "A: {Type: T}";

    public static TheoryData<string, string> Cases => new()
    {
        { """{"this is invalid JSON"}""", "Template format error: JSON not well-formed. (line 1, column 25)" },
        { "Resources: [", "Template format error: YAML not well-formed. (line 2, column 1)" },
        { "a: !Unknown b", "Template format error: YAML not well-formed. (line 1, column 4)" },
        { "a: 1\na: 2", "Template format error: YAML not well-formed. (line 2, column 1)" },
        { "- a", "Template format error: unsupported structure." },
        { "just words", "Template format error: unsupported structure." },
        { "", "Template format error: unsupported structure." },
        { "Parameters: {P: {Type: String}}", "Template format error: At least one Resources member must be defined." },
        { "Resources: {}", "Template format error: At least one Resources member must be defined." },
        { "Resources: {A: text}", "Template format error: Any Resources member must be an object." },
        { "Resources: {A: {Properties: {}}}", "Template format error: [/Resources/A] Every Resources object must contain a Type member." },
        { "Resources: {A: {Type: T, Invalid: x}}", "Invalid template resource property 'Invalid'" },
        { "Resources: {'AWS::NoValue': {Type: T}}", "Template format error: Resource name AWS::NoValue is non alphanumeric." },
        { $"Parameters: {{'AWS::NoValue': {{Type: String}}}}\nResources: {{{A}}}", "Template format error: Parameter name AWS::NoValue is non alphanumeric." },
        { $"Strange: 1\nResources: {{{A}}}", "Template format error: Invalid template property or properties [Strange]" },
        { $"Transform: AWS::Serverless-2016-10-31\nResources: {{{A}}}", "the section 'Transform' of templates is not available here" },
        { $"Resources: {{{A}}}\nOutputs: {{O: {{Value: null}}}}", "[/Outputs/O/Value] 'null' values are not allowed in templates" },
        { $"Resources: {{{A}}}\nOutputs: {{O: {{Description: x}}}}", "Template format error: Every Outputs member must contain a Value object" },
        { $"Resources: {{{A}}}\nMappings: {{A: x}}", "Template format error: Every Mappings member A must be a map" },
        { $"Resources: {{{A}}}\nMappings: {{M: {{A: x}}}}", "Template format error: Every Mappings member A must be a map" },
        { $"Resources: {{{A}}}\nMappings: {{M: {{A: {{B: {{C: d}}}}}}}}", "Template format error: Every Mappings attribute must be a String or a List." },
        { $"Resources: {{{A}}}\nMappings: {{M: {{A: {{B: !Ref X}}}}}}", "Template format error: Every Mappings attribute must be a String or a List." },
        { "Resources: {A: {Type: T, Properties: {P: !Ref InvalidRef}}}", Unresolved("InvalidRef") },
        { "Resources: {A: {Type: T, Properties: {P: !Sub 'x${Gone}'}}}", Unresolved("Gone") },
        { "Resources: {A: {Type: T, Properties: {P: !GetAtt Gone.Arn}}}", Unresolved("Gone") },
        { "Resources: {A: {Type: T, DependsOn: NonExistingResource}}", Unresolved("NonExistingResource") },
        { $"Resources: {{{A}}}\nOutputs: {{O: {{Value: !Ref Gone}}}}", "Template format error: Unresolved resource dependencies [Gone] in the Outputs block of the template" },
        { "Resources: {A: {Type: T, Properties: {P: !If [Missing, a, b]}}}", "Template error: unresolved condition dependency Missing in Fn::If" },
        { "Resources: {A: {Type: T, Properties: {P: !GetAtt A}}}", "Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute" },
        { "Resources: {A: {Type: T, Properties: {P: !GetAtt [A, '']}}}", "Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute" },
        { "Resources: {A: {Type: T, Properties: {P: !Select [x, [a]]}}}", "Template error: Fn::Select requires a list argument with two elements: an integer index and a list" },
        { "Resources: {A: {Type: T, Properties: {P: !Select [0, a]}}}", "Template error: Fn::Select requires a list argument with two elements: an integer index and a list" },
        { "Resources: {A: {Type: T, Properties: {P: !Split [a]}}}", "Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split." },
        { "Resources: {A: {Type: T, Properties: {P: !Join [',', a]}}}", "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined." },
        { $"Conditions: {{C: !Equals [a]}}\nResources: {{{A}}}", "Template error: every Fn::Equals object requires a list of 2 string parameters." },
        { "Resources: {A: {Type: T, Properties: {P: {'Fn::Transform': {Name: x}}}}}", "Template error: the function 'Fn::Transform' is not available here" },
        { "Resources: {A: {Type: T, Properties: {P: '{{resolve:ssm:x}}'}}}", "dynamic references ('{{resolve:...}}') are not available here" },
        { "Resources: {A: {Type: T, DependsOn: B}, B: {Type: T, Properties: {P: !Ref A}}, C: {Type: T}}", "Circular dependency between resources: [A, B]" },
        { $"Parameters: {{P: {{Type: Text}}}}\nResources: {{{A}}}", "Template format error: Unrecognized parameter type: Text" },
        { $"Parameters: {{P: {{Type: String, Default: [bucket-name]}}}}\nResources: {{{A}}}", "Template format error: Every Default member must be a string." },
        { $"AWSTemplateFormatVersion: '2020-01-01'\nResources: {{{A}}}", "Template format error: Template format version 2020-01-01 not supported." },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_template_that_is_wrong_is_refused_in_CloudFormations_words(string template, string message) =>
        Assert.Equal(message, Assert.IsType<TemplateInvalid>(Assert.Throws<FaultException>(() => Template.Parse(template)).Fault).Message);

    [Fact]
    public void A_few_lines_do_not_become_many()
    {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
            + string.Concat(Enumerable.Range(1, 9).Select(at => $"a{at}: &a{at} [{string.Join(", ", Enumerable.Repeat($"*a{at - 1}", 10))}]\n"));

        Assert.Equal("Template format error: the template is too large.", Assert.Throws<FaultException>(() => Template.Parse(bomb)).Message);
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void What_lies_too_deep_is_refused(char open) => Assert.StartsWith(
        "Template format error: ",
        Assert.Throws<FaultException>(() => Template.Parse("x: " + string.Concat(Enumerable.Repeat(open is '[' ? "[" : "{a: ", 10_000)))).Message,
        StringComparison.Ordinal);

    private static string Unresolved(string name) =>
        $"Template format error: Unresolved resource dependencies [{name}] in the Resources block of the template";
}
