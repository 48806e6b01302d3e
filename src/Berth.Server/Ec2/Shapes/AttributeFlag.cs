namespace Berth.Server.Ec2.Shapes;

/// <summary>An attribute that is on or off (EC2's shape <c>AttributeBooleanValue</c>).</summary>
internal sealed record AttributeFlag
{
    public bool? Value { get; init; }
}
