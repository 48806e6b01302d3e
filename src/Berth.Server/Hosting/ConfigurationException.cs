namespace Berth.Server.Hosting;

/// <summary>A setting that cannot be used; the message names it, its value, and what is allowed. The program ends with it.</summary>
internal sealed class ConfigurationException(string message) : Exception(message);
