namespace Berth.Server.CloudFormation.Shapes;

/// <summary>How a template is looked at.</summary>
internal sealed record SummaryConfig
{
    public bool? TreatUnrecognizedResourceTypesAsWarnings { get; init; }
}
