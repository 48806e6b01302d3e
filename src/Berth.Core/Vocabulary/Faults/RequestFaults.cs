namespace Berth.Vocabulary;

/// <summary>One member breaks one rule, in ECR's own form of the sentence.</summary>
public sealed record ParameterInvalid(string Member, string Rule)
    : Fault($"Invalid parameter at '{Member}' failed to satisfy constraint: '{Rule}'");

/// <summary>Modelled constraints are violated; the text is the framework's and names them all.</summary>
public sealed record ConstraintsViolated(string Message) : Fault(Message);

/// <summary>A page token that this registry did not give for this question.</summary>
public sealed record PageTokenInvalid()
    : Fault("Invalid parameter at 'nextToken' failed to satisfy constraint: 'Invalid token'");

/// <summary>The ARN cannot be read, or names no repository of this registry.</summary>
public sealed record ArnInvalid(string Text)
    : Fault("Invalid parameter at 'resourceArn' failed to satisfy constraint: 'Invalid ARN'");

/// <summary>The body cannot be read as what it claims to be.</summary>
public sealed record RequestUnreadable(string Reason) : Fault(Reason);

/// <summary>The body is longer than this request may be.</summary>
public sealed record RequestTooLarge(long Limit) : Fault($"the request is longer than {Limit} bytes");

/// <summary>No operation of that name is built here.</summary>
/// <param name="Operation">The name asked for.</param>
/// <param name="Version">The API version asked for, where the protocol has one.</param>
public sealed record OperationUnknown(string Operation, string? Version = null) : Fault(
    Version is null
        ? $"the operation '{Operation}' is not available here"
        : $"Could not find operation {Operation} for version {Version}");

/// <summary>The path or method is none the wire knows, or it is known and not offered.</summary>
public sealed record NotOffered(string Reason) : Fault(Reason);
