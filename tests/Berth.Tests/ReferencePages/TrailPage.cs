using Berth.Server.Aws;
using Berth.Server.Gate.Recording;
using Berth.Server.Oci;

namespace Berth.Tests.ReferencePages;

/// <summary>docs/reference/trail.md.</summary>
internal static class TrailPage
{
    private const string Introduction =
        """
        What the trail records: every call of an operation below by a caller who is known, allowed, failed or denied, as a CloudTrail
        record. Reads are recorded without what came back. Secrets and parts of layers are never recorded. How to find and prove
        records stands in [the guide](../guide/trail.md).
        """;

    public static MarkdownPage Write(IReadOnlyList<Service> services, IReadOnlyList<OciEndpoint> endpoints)
    {
        var page = new MarkdownPage("The trail", Introduction);
        foreach (var service in services)
        {
            page.Heading(2, CallName.SourceOf(service.Name));
            page.Table(
                ["eventName", "readOnly", "responseElements"],
                [.. service.Operations.Select(operation => new[] { operation.Name, Word(operation.IsRecordedAsRead), operation.KeepsAnswer ? "kept" : "null" })]);
        }

        page.Heading(2, "The OCI wire");
        page.Paragraph("Recorded as calls of ecr.amazonaws.com, from the client's own address; `additionalEventData.ociRequest` says which request it was.");
        page.Table(
            ["Request", "eventName", "readOnly"],
            [
                .. from endpoint in endpoints
                   let name = endpoint.RecordedAs
                   select new[] { MarkdownPage.Code($"{endpoint.Route.Method} {endpoint.Route.Tail}"), name?.Event ?? "not recorded", name is null ? "" : Word(name.IsReadOnly) },
            ]);
        page.Paragraph("A POST that mounts a layer is recorded as MountLayer.");
        return page;
    }

    private static string Word(bool value) => value ? "true" : "false";
}
