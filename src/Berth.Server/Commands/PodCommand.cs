using System.CommandLine;

namespace Berth.Server.Commands;

/// <summary><c>berth pod</c>: which roles the pods of Kubernetes clusters are handed.</summary>
internal static class PodCommand
{
    private static readonly Option<string> Cluster = new("--cluster") { Description = "What you call the cluster.", HelpName = "NAME", Required = true };

    public static Command Create() => new("pod", "Say which roles pods are handed.") { Associate(), List(), Dissociate() };

    private static Command Associate()
    {
        var issuer = new Option<string>("--issuer")
        {
            Description = "How the cluster's tokens name their issuer: the URL of an OpenID Connect provider in IAM.",
            HelpName = "URL",
            Required = true,
        };
        var place = new Option<string>("--namespace") { Description = "The namespace of the service account.", HelpName = "NAME", Required = true };
        var account = new Option<string>("--service-account") { Description = "What the pods run under.", HelpName = "NAME", Required = true };
        var role = new Option<string>("--role-arn") { Description = "The role they are handed.", HelpName = "ARN", Required = true };
        return ServerTool.Of(
            new("associate", "Hand a role to the pods of a service account, and print the id of the association.") { Cluster, issuer, place, account, role },
            async (parsed, server, cancel) =>
            {
                var answer = await server.CallAsync(
                    "CreatePodIdentityAssociation",
                    new
                    {
                        clusterName = parsed.GetRequiredValue(Cluster),
                        issuer = parsed.GetRequiredValue(issuer),
                        @namespace = parsed.GetRequiredValue(place),
                        serviceAccount = parsed.GetRequiredValue(account),
                        roleArn = parsed.GetRequiredValue(role),
                    },
                    cancel);
                await Console.Out.WriteLineAsync($"{answer.GetProperty("association").GetProperty("associationId")}");
            });
    }

    private static Command List() => ServerTool.Of(
        new("list", "List the associations, one a line: id, cluster, namespace, service account, role."),
        async (_, server, cancel) =>
        {
            await foreach (var association in server.ListAsync("ListPodIdentityAssociations", "associations", cancel))
            {
                string[] members = ["associationId", "clusterName", "namespace", "serviceAccount", "roleArn"];
                await Console.Out.WriteLineAsync(string.Join(' ', members.Select(member => association.GetProperty(member).GetString())));
            }
        });

    private static Command Dissociate()
    {
        var association = new Argument<string>("association-id") { Description = "Which association ends, and with it its sessions." };
        return ServerTool.Of(
            new("dissociate", "End an association.") { Cluster, association },
            (parsed, server, cancel) => server.CallAsync(
                "DeletePodIdentityAssociation",
                new { clusterName = parsed.GetRequiredValue(Cluster), associationId = parsed.GetRequiredValue(association) },
                cancel));
    }
}
