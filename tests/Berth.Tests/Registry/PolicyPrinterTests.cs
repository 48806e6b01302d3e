using Berth.Registry;

namespace Berth.Tests.Registry;

public sealed class PolicyPrinterTests
{
    [Fact]
    public void A_policy_is_printed_as_ECR_prints_it()
    {
        const string Given = """
            {"Statement":{"Condition":{"Bool":{"aws:SecureTransport":false},"StringEquals":{"aws:username":["ann","bob"]}},
              "Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"],"NotResource":["*"],
              "Principal":{"AWS":["210987654321","arn:aws:iam::210987654321:role/ci"],"Service":["lambda.amazonaws.com"]},
              "Effect":"Allow","Sid":"Ein \"Ö\""},"Id":"x","Version":"2012-10-17"}
            """;

        Assert.Equal(
            """
            {
              "Version" : "2012-10-17",
              "Id" : "x",
              "Statement" : [ {
                "Sid" : "Ein \"Ö\"",
                "Effect" : "Allow",
                "Principal" : {
                  "AWS" : [ "arn:aws:iam::210987654321:root", "arn:aws:iam::210987654321:role/ci" ],
                  "Service" : "lambda.amazonaws.com"
                },
                "Action" : [ "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer" ],
                "NotResource" : "*",
                "Condition" : {
                  "Bool" : {
                    "aws:SecureTransport" : "false"
                  },
                  "StringEquals" : {
                    "aws:username" : [ "ann", "bob" ]
                  }
                }
              } ]
            }
            """,
            PolicyPrinter.Print(Given, "aws"));
    }

    [Fact]
    public void Statements_follow_one_another_on_a_line()
    {
        const string Given = """
            {"Version":"2008-10-17","Statement":[{"Effect":"Deny","Principal":"*","NotAction":["ecr:PutImage"],"Condition":{}},
              {"Effect":"Allow","NotPrincipal":{"AWS":"111122223333"},"Action":"*"}]}
            """;

        Assert.Equal(
            """
            {
              "Version" : "2008-10-17",
              "Statement" : [ {
                "Effect" : "Deny",
                "Principal" : "*",
                "NotAction" : "ecr:PutImage",
                "Condition" : { }
              }, {
                "Effect" : "Allow",
                "NotPrincipal" : {
                  "AWS" : "arn:aws-cn:iam::111122223333:root"
                },
                "Action" : "*"
              } ]
            }
            """,
            PolicyPrinter.Print(Given, "aws-cn"));
    }
}
