using Berth.Server.Aws;

namespace Berth.Tests.ReferencePages;

/// <summary>docs/reference/operations.md.</summary>
internal static class OperationsPage
{
    private const string Introduction =
        """
        The operations of the AWS wire, with the members of their requests and answers and the rules on them. A request's other members
        are ignored, as AWS does. An operation that is not listed is answered with [OperationUnknown](errors.md#operationunknown). What
        a call must be allowed stands in [iam.md](iam.md), how it can fail in [errors.md](errors.md).
        """;

    public static MarkdownPage Write(IReadOnlyList<Service> services)
    {
        var page = new MarkdownPage("Operations", Introduction);
        var summaries = new Summaries(typeof(Service).Assembly);
        foreach (var service in services)
        {
            page.Heading(2, service.Name);
            page.Table(
                ["Operation", "Does", "Access level"],
                [.. service.Operations.Select(operation => new[]
                {
                    MarkdownPage.LinkTo(operation.Name), summaries.Of(operation.GetType()), $"{operation.Level}",
                })]);
            if (StructuresOf(service) is { Length: > 0 } structures)
            {
                page.Paragraph($"Structures: {string.Join(", ", structures.Select(structure => MarkdownPage.LinkTo(structure.Name)))}");
            }
        }

        foreach (var service in services)
        {
            WriteService(page, service, summaries);
        }

        return page;
    }

    private static void WriteService(MarkdownPage page, Service service, Summaries summaries)
    {
        page.Heading(2, $"Members of {service.Name}");
        foreach (var operation in service.Operations)
        {
            page.Heading(3, operation.Name);
            page.Paragraph(summaries.Of(operation.GetType()));
            WriteMembers(page, service, operation.RequestType, "Request", "Required");
            WriteMembers(page, service, operation.ResponseType, "Answer", "Always there");
        }

        foreach (var structure in StructuresOf(service))
        {
            page.Heading(3, structure.Name);
            page.Paragraph(summaries.Of(structure));
            WriteMembers(page, service, structure, "Member", "Always there");
        }
    }

    private static Type[] StructuresOf(Service service) =>
    [
        .. service.Operations
            .SelectMany(operation => new[] { operation.RequestType, operation.ResponseType })
            .SelectMany(RecordsIn)
            .Distinct()
            .OrderBy(structure => structure.Name, StringComparer.Ordinal),
    ];

    private static IEnumerable<Type> RecordsIn(Type record) =>
        WireTypes.MembersOf(record).Select(WireTypes.RecordIn).OfType<Type>().SelectMany(inner => RecordsIn(inner).Prepend(inner));

    private static void WriteMembers(MarkdownPage page, Service service, Type record, string what, string always)
    {
        var rows = WireTypes.MembersOf(record).Select(member => new[]
        {
            MarkdownPage.Code(WireTypes.NameOf(member, service.Protocol)),
            WireTypes.TypeOf(member),
            WireTypes.IsAlwaysThere(record, member) ? "yes" : "",
            WireTypes.ConstraintsOf(member),
        }).ToArray();
        if (rows.Length == 0)
        {
            page.Paragraph($"{what}: no members");
        }
        else
        {
            page.Table([what, "Type", always, "Constraints"], rows);
        }
    }
}
