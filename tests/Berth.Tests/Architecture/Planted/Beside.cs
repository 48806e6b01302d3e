namespace Berth.Tests.Architecture.Planted.Beside;

public abstract class Near
{
    public static int Count => 1;

    public static void Touch(object? value) => ArgumentNullException.ThrowIfNull(value);
}

public interface INear;

public sealed class NearException(string message) : Exception(message);

[AttributeUsage(AttributeTargets.Class)]
public sealed class NearAttribute : Attribute;
