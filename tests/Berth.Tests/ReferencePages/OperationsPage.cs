using Berth.Server.Aws;

namespace Berth.Tests.ReferencePages;

/// <summary>docs/reference/operations.md, and below docs/reference/operations a page for each service.</summary>
internal static class OperationsPage
{
    private const string Introduction =
        """
        The operations of the AWS wire. The members of their requests and answers, and the rules on them, stand on the page of their
        service. A request's other members are ignored, as AWS does. An operation that is not listed is answered with
        [OperationUnknown](errors.md#operationunknown). What a call must be allowed stands in [iam.md](iam.md), how it can fail in
        [errors.md](errors.md).
        """;

    /// <summary>Where an operation is described, from the pages of docs/reference.</summary>
    public static string PlaceOf(Service service, Operation operation) => $"operations/{service.Name}.md#{operation.Name.ToLowerInvariant()}";

    public static MarkdownPage Write(IReadOnlyList<Service> services)
    {
        var page = new MarkdownPage("Operations", Introduction);
        var summaries = new Summaries(typeof(Service).Assembly);
        page.List([.. services.Select(service => MarkdownPage.LinkTo(service.Name))]);
        foreach (var service in services)
        {
            page.Heading(2, service.Name);
            page.Table(
                ["Operation", "Does", "Access level"],
                [.. service.Operations.Select(operation => new[]
                {
                    $"[{operation.Name}]({PlaceOf(service, operation)})", summaries.Of(operation.GetType()), $"{operation.Level}",
                })]);
        }

        return page;
    }

    public static MarkdownPage Write(Service service)
    {
        var page = new MarkdownPage($"Operations of {service.Name}", "See [the other services](../operations.md).");
        var summaries = new Summaries(typeof(Service).Assembly);
        var structures = StructuresOf(service);
        page.Paragraph(string.Join(", ", service.Operations.Select(operation => MarkdownPage.LinkTo(operation.Name))));
        if (structures.Length > 0)
        {
            page.Paragraph($"Structures: {string.Join(", ", structures.Select(structure => MarkdownPage.LinkTo(structure.Name)))}");
        }

        foreach (var operation in service.Operations)
        {
            page.Heading(2, operation.Name);
            page.Paragraph(summaries.Of(operation.GetType()));
            WriteMembers(page, service, operation.RequestType, "Request", "Required");
            WriteMembers(page, service, operation.ResponseType, "Answer", "Always there");
        }

        foreach (var structure in structures)
        {
            page.Heading(2, structure.Name);
            page.Paragraph(summaries.Of(structure));
            WriteMembers(page, service, structure, "Member", "Always there");
        }

        return page;
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
