namespace Berth.Vocabulary;

/// <summary>A template that CloudFormation would not take, or values that do not fit it.</summary>
/// <param name="Reason">CloudFormation's own words where they are known.</param>
public sealed record TemplateInvalid(string Reason) : Fault(Reason);

/// <summary>Something that cannot be done with a stack as it is, or not at all.</summary>
/// <param name="Reason">CloudFormation's own words where they are known.</param>
public sealed record StackRequestInvalid(string Reason) : Fault(Reason);

/// <summary>No stack of that name or id, as clients that look for it know the sentence.</summary>
/// <param name="Name">As the request has it.</param>
public sealed record StackNotFound(string Name) : Fault($"Stack with id {Name} does not exist");

/// <summary>No stack of that name or id, as operations on what belongs to a stack put it.</summary>
/// <param name="Name">As the request has it.</param>
public sealed record StackAbsent(string Name) : Fault($"Stack [{Name}] does not exist");

/// <summary>Something of that name is there already.</summary>
/// <param name="Kind"><c>Stack</c> or <c>ChangeSet</c>.</param>
/// <param name="Name">Its name.</param>
public sealed record StackAlreadyExists(string Kind, string Name) : Fault($"{Kind} [{Name}] already exists");

/// <summary>More stacks than an account may have in a Region.</summary>
/// <param name="Most">How many it may have.</param>
public sealed record TooManyStacks(int Most) : Fault($"Limit for stack has been exceeded: {Most}");

/// <summary>The template makes what the caller has not acknowledged.</summary>
/// <param name="Missing">The capability, such as <c>CAPABILITY_IAM</c>.</param>
public sealed record CapabilityMissing(string Missing) : Fault($"Requires capabilities : [{Missing}]");

/// <summary>No change set of that name.</summary>
/// <param name="Name">Its name or ARN.</param>
public sealed record ChangeSetNotFound(string Name) : Fault($"ChangeSet [{Name}] does not exist");

/// <summary>A change set that cannot be executed, or not any more.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="Status">Its status, or its execution status.</param>
public sealed record ChangeSetNotExecutable(string Arn, string Status)
    : Fault($"ChangeSet [{Arn}] cannot be executed in its current status of [{Status}]");
