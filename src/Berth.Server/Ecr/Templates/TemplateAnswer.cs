using Berth.Creation;
using Berth.Server.Aws;
using Berth.Server.Ecr.Shapes;

namespace Berth.Server.Ecr.Templates;

/// <summary>What operations on one template answer.</summary>
internal sealed record TemplateAnswer(string RegistryId, TemplateDetail RepositoryCreationTemplate)
{
    /// <summary>A template of the caller's registry.</summary>
    public static TemplateAnswer Of(Call call, CreationTemplate template) => new(call.Registry.Account.ToString(), TemplateDetail.Of(template));
}
