using System.Globalization;
using Berth.Server.Aws;
using Berth.Server.Oci;
using Berth.Vocabulary;

namespace Berth.Tests.ReferencePages;

/// <summary>docs/reference/errors.md.</summary>
internal static class ErrorsPage
{
    private const string Introduction =
        """
        What Berth answers when it cannot do what it was asked. Each fault has one sentence, which both wires print, and on each wire
        a code and an HTTP status. Words in `<angle brackets>` stand for values of the request. Where the other services differ
        from ECR, it is said.

        Anything else that goes wrong is a bug: status 500, `ServerException` from ECR, `InternalFailure` from IAM and STS, `UNKNOWN` on the OCI
        wire. Its message stays in the log, under the request id that is answered.
        """;

    public static MarkdownPage Write()
    {
        var summaries = new Summaries(typeof(Fault).Assembly);
        var page = new MarkdownPage("Errors", Introduction);
        var faults = SampleFaults.Types.Select(type => (Type: type, Forms: SampleFaults.Of(type).ToArray())).ToArray();
        var samples = faults.SelectMany(fault => fault.Forms).ToArray();

        page.Heading(2, "By ECR's code");
        WriteIndex(page, samples, fault => AwsErrors.Of(fault, ErrorStyle.Ecr) is var error ? (error.Code, error.Status) : default);
        page.Heading(2, "By the OCI wire's code");
        WriteIndex(page, samples, fault => OciErrors.Of(fault) is var error ? (error.Code, error.Status) : default);
        page.Heading(2, "Faults");
        foreach (var (type, forms) in faults)
        {
            page.Heading(3, type.Name);
            page.Paragraph(summaries.Of(type));
            WriteForms(page, forms);
        }

        return page;
    }

    private static void WriteIndex(MarkdownPage page, IEnumerable<SampleFault> samples, Func<Fault, (string Code, int Status)> errorOf) =>
        page.Table(
            ["Code", "Status", "Faults"],
            [
                .. samples.GroupBy(sample => errorOf(sample.Fault)).OrderBy(group => group.Key).Select(group => new[]
                {
                    MarkdownPage.Code(group.Key.Code),
                    group.Key.Status.ToString(CultureInfo.InvariantCulture),
                    string.Join(", ", group.Select(sample => sample.Fault.GetType()).Distinct().Select(fault => MarkdownPage.LinkTo(fault.Name))),
                }),
            ]);

    private static void WriteForms(MarkdownPage page, SampleFault[] forms)
    {
        foreach (var sentence in forms.Select(form => form.Generalize(form.Fault.Message)).Distinct(StringComparer.Ordinal))
        {
            page.Paragraph(MarkdownPage.Code(sentence));
        }

        if (forms.Select(ErrorsOf).Distinct(StringComparer.Ordinal).ToArray() is [var errors])
        {
            page.Paragraph(errors);
        }
        else
        {
            page.List(forms.Select(form => $"{form.Form}: {ErrorsOf(form)}"));
        }
    }

    private static string ErrorsOf(SampleFault sample)
    {
        var ecr = AwsErrors.Of(sample.Fault, ErrorStyle.Ecr);
        var sts = AwsErrors.Of(sample.Fault, ErrorStyle.Query);
        var oci = OciErrors.Of(sample.Fault);
        var ec2 = AwsErrors.Of(sample.Fault, ErrorStyle.Ec2);
        var isSame = (ecr.Code, ecr.Status, ecr.Message) == (sts.Code, sts.Status, sts.Message);
        var isSameInEc2 = (ecr.Code, ecr.Status, ecr.Message) == (ec2.Code, ec2.Status, ec2.Message);
        return string.Join(
            " · ",
            [
                Error("ECR", sample, ecr.Code, ecr.Status, ecr.Message),
                .. isSame ? Array.Empty<string>() : [Error("IAM, STS, CloudFormation", sample, sts.Code, sts.Status, sts.Message)],
                .. isSameInEc2 ? Array.Empty<string>() : [Error("EC2", sample, ec2.Code, ec2.Status, ec2.Message)],
                Error("OCI", sample, oci.Code, oci.Status, oci.Message),
            ]);
    }

    private static string Error(string wire, SampleFault sample, string code, int status, string message)
    {
        var differs = !string.Equals(message, sample.Fault.Message, StringComparison.Ordinal);
        var sentence = differs ? $", saying {MarkdownPage.Code(sample.Generalize(message))}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{wire} {MarkdownPage.Code(code)} {status}{sentence}");
    }
}
