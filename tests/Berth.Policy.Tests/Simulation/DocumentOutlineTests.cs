using Berth.Policy.Simulation;

namespace Berth.Policy.Tests.Simulation;

public sealed class DocumentOutlineTests
{
    [Fact]
    public void Statements_are_found_where_they_stand_in_the_text()
    {
        const string Text = "{\"Version\":\"2012-10-17\",\n \"Statement\":[{\"Sid\":\"ü}\"},\n  {\"Effect\":\"Deny\",\n   \"Condition\":{}}]}";

        var outline = DocumentOutline.Of(Text);

        Assert.Equal([(new(2, 15), new(2, 27)), (new(3, 3), new(4, 19))], outline.Statements);
        Assert.Equal("{\"Sid\":\"ü}\"}", Slice(Text, outline.Statements[0]));
        Assert.Equal("{\"Effect\":\"Deny\",\n   \"Condition\":{}}", Slice(Text, outline.Statements[1]));
    }

    [Fact]
    public void A_statement_that_is_no_list_is_the_only_one()
    {
        var outline = DocumentOutline.Of("""{"Statement":{"Effect":"Allow"},"Id":"x"}""");

        Assert.Equal([(new(1, 14), new(1, 32))], outline.Statements);
    }

    [Fact]
    public void Keys_of_conditions_and_variables_come_once_in_their_order()
    {
        var outline = DocumentOutline.Of(
            """
            {"Version":"2012-10-17","Statement":[
              {"Resource":["arn:aws:ecr:*:*:repository/${aws:username}/${*}","${aws:PrincipalTag/team, 'none'}"],
               "Condition":{"StringEquals":{"aws:SourceVpc":"x","aws:USERNAME":"${aws:userid}"},"Null":{"ecr:ResourceTag/a":"true"}}}]}
            """);

        Assert.Equal(["aws:SourceVpc", "aws:USERNAME", "ecr:ResourceTag/a", "aws:PrincipalTag/team", "aws:userid"], outline.ContextKeys);
    }

    [Fact]
    public void What_looks_like_a_variable_is_text_in_the_older_version()
    {
        var outline = DocumentOutline.Of("""{"Version":"2008-10-17","Statement":{"Resource":"${aws:username}"}}""");

        Assert.Empty(outline.ContextKeys);
    }

    private static string Slice(string text, (TextPosition Start, TextPosition End) span)
    {
        var lines = text.Split('\n');
        var (start, end) = (Index(span.Start), Index(span.End));
        return text[start..end];

        int Index(TextPosition place) => lines.Take(place.Line - 1).Sum(line => line.Length + 1) + place.Column - 1;
    }
}
