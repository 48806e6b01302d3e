using System.CommandLine;
using Berth.Server.Commands;

// The tools of the one executable. What each does stands in its own file; what the server consists of, in Hosting.
var root = new RootCommand("Berth: a container registry that speaks Amazon ECR.")
{
    ServeCommand.Create(),
    CredentialsCommand.Create(),
    AccountCommand.Create(),
    CollectCommand.Create(),
    PolicyCommand.Create(),
    LifecycleCommand.Create(),
    RestoreImageCommand.Create(),
    MachineCommand.Create(),
    QuotaCommand.Create(),
    PodCommand.Create(),
    EndpointsCommand.Create(),
    TrailCommand.Create(),
};

// The server drains transfers itself when it is told to stop; the command line must not cut that short.
return await root.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = null });
