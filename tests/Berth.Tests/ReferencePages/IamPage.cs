using Berth.Server.Aws;
using Berth.Server.Gate;
using Berth.Server.Oci;
using Microsoft.AspNetCore.Http;

namespace Berth.Tests.ReferencePages;

/// <summary>docs/reference/iam.md.</summary>
internal static class IamPage
{
    private const string Introduction =
        """
        What a caller must be allowed for each call: the IAM action, on the resource. Words in `<angle brackets>` stand for values of
        the request, `repository/` for `arn:aws:ecr:<region>:<account>:repository/`, and `user/`, `role/` and their like for
        `arn:aws:iam::<account>:user/`, with the path where there is one. Where two resources stand, the second is that of a request
        which names none. A repository that is created with tags needs `ecr:TagResource` too.
        """;

    private const string KeysIntroduction =
        """
        What conditions of policies may ask of a request, on either wire. Besides these, a call has the keys of its own members
        (`aws:RequestTag/...` and `aws:TagKeys` where it carries tags, `sts:ExternalId` and the like), and a session those it was begun
        with. A key that is not there is absent, as `aws:username` is from a role.
        """;

    private const string OciIntroduction =
        """
        A request that docker or another OCI client sends is checked as the ECR operation that does the same. Some need more once their
        parameters are known: a layer sent whole in one request needs `ecr:UploadLayerPart` and `ecr:CompleteLayerUpload` too, and one
        mounted from another repository `ecr:GetDownloadUrlForLayer` there.
        """;

    public static MarkdownPage Write(IReadOnlyList<Service> services, IReadOnlyList<OciEndpoint> endpoints)
    {
        var page = new MarkdownPage("IAM actions", Introduction);
        page.List([.. services.Select(service => MarkdownPage.LinkTo(service.Name)), MarkdownPage.LinkTo("Condition keys"), MarkdownPage.LinkTo("OCI wire")]);
        foreach (var service in services)
        {
            page.Heading(2, service.Name);
            page.Table(["Operation", "Action", "Access level", "Resource"], [.. service.Operations.Select(operation => RowOf(service, operation))]);
        }

        page.Heading(2, "Condition keys");
        page.Paragraph(KeysIntroduction);
        page.List([.. AccessContext.Names.Select(MarkdownPage.Code)]);

        page.Heading(2, "OCI wire");
        page.Paragraph(OciIntroduction);
        page.Table(["Request", "Action", "Access level", "Resource"], [.. endpoints.Select(RowOf)]);
        return page;
    }

    private static string[] RowOf(Service service, Operation operation) => operation.NeedsPermission
        ?
        [
            $"[{operation.Name}]({OperationsPage.PlaceOf(service, operation)})",
            MarkdownPage.Code(service.ActionOf(operation)),
            $"{operation.Level}",
            string.Join(", ", SampleRequests.ResourcesOf(operation).Select(MarkdownPage.Code)),
        ]
        : [$"[{operation.Name}]({OperationsPage.PlaceOf(service, operation)})", "none is needed", $"{operation.Level}", ""];

    private static string[] RowOf(OciEndpoint endpoint)
    {
        var route = endpoint.Route;
        var request = MarkdownPage.Code($"{route.Method} /v2/{(route.NamesRepository ? "<repository>/" : "")}{route.Tail}");
        if (route.As is not { } action)
        {
            return [request, "none: a valid token is enough", $"{route.Level}", ""];
        }

        var match = new OciMatch(route, route.NamesRepository ? $"{SampleRequests.Repository.Name}" : null, Variable: null);
        var call = new OciCall(
            new DefaultHttpContext(), match, SampleRequests.Repository.Registry, new(SampleRequests.Caller, SampleRequests.Circumstances, authorizer: null!));
        return
        [
            request,
            MarkdownPage.Code($"ecr:{action}"),
            $"{route.Level}",
            MarkdownPage.Code(SampleRequests.Generalize(endpoint.ResourceOf(call))),
        ];
    }
}
