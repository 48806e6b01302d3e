namespace Berth.Server.Metadata;

/// <summary>What machines are answered: first which machine asks, then in which way.</summary>
internal sealed class MachineMetadata(MachineProof proof, InstanceMetadata instances, ContainerCredentials containers)
{
    /// <summary>The answer; to who proves to be no machine, that alone.</summary>
    public async Task<MetadataAnswer> AnswerAsync(HttpContext http, MetadataAddress address, CancellationToken cancel)
    {
        var machine = await proof.FindAsync(http, address.Secret, cancel);
        return address.IsContainer ? await containers.AnswerAsync(http.Request.Method, machine, cancel)
            : machine is null ? MetadataAnswer.Of(StatusCodes.Status401Unauthorized)
            : await instances.AnswerAsync(http, machine, address.Item ?? "", cancel);
    }
}
