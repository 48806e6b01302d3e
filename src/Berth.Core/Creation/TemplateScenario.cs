namespace Berth.Creation;

/// <summary>On which occasions a template is applied (ECR's shape <c>RCTAppliedFor</c>).</summary>
public enum TemplateScenario
{
    /// <summary>An image arrives from another registry by replication.</summary>
    Replication,

    /// <summary>An image is first pulled through a cache.</summary>
    PullThroughCache,

    /// <summary>An image is pushed.</summary>
    CreateOnPush,
}

/// <summary>The spelling of the occasions on ECR's wire and in rows.</summary>
public static class TemplateScenarioNames
{
    /// <summary>Such as <c>CREATE_ON_PUSH</c>.</summary>
    public static string Wire(this TemplateScenario scenario) => scenario switch
    {
        TemplateScenario.Replication => "REPLICATION",
        TemplateScenario.PullThroughCache => "PULL_THROUGH_CACHE",
        TemplateScenario.CreateOnPush => "CREATE_ON_PUSH",
        _ => throw new InvalidOperationException($"no name for {scenario}"),
    };

    /// <summary>Reads ECR's spelling; other text was refused at the edge.</summary>
    public static TemplateScenario FromWire(string text) => text switch
    {
        "REPLICATION" => TemplateScenario.Replication,
        "PULL_THROUGH_CACHE" => TemplateScenario.PullThroughCache,
        "CREATE_ON_PUSH" => TemplateScenario.CreateOnPush,
        _ => throw new FormatException($"'{text}' is no occasion for a template"),
    };
}
