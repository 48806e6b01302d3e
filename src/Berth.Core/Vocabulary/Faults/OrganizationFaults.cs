namespace Berth.Vocabulary;

/// <summary>The organization has no such policy.</summary>
public sealed record OrganizationPolicyNotFound(string Id) : Fault($"We can't find a policy with the PolicyId '{Id}'.");

/// <summary>A policy of that type has the name already.</summary>
public sealed record OrganizationPolicyExists(string Name) : Fault($"A policy with the name '{Name}' and of the same type already exists.");

/// <summary>A policy that is attached somewhere cannot be deleted.</summary>
public sealed record OrganizationPolicyInUse(string Id) : Fault($"The policy '{Id}' is attached to one or more entities. Detach it first.");

/// <summary>The policy is attached there already.</summary>
public sealed record OrganizationPolicyAttached(string Id, string Target) : Fault($"The policy '{Id}' is already attached to '{Target}'.");

/// <summary>The policy is not attached there.</summary>
public sealed record OrganizationPolicyNotAttached(string Id, string Target) : Fault($"The policy '{Id}' is not attached to '{Target}'.");

/// <summary>The organization has no such root or account.</summary>
public sealed record OrganizationTargetNotFound(string Id) : Fault($"You specified a target that doesn't exist: '{Id}'.");

/// <summary>The organization has no such account.</summary>
public sealed record OrganizationAccountNotFound(string Id) : Fault($"You specified an account that doesn't exist: '{Id}'.");

/// <summary>Nobody asked for an account under that id.</summary>
public sealed record OrganizationAccountRequestNotFound(string Id) : Fault($"We can't find a create account request with the CreateAccountRequestId '{Id}'.");

/// <summary>Policies of that type decide about nothing that is built.</summary>
public sealed record OrganizationPolicyTypeNotAvailable(string Type) : Fault($"policies of the type '{Type}' are not available here");

/// <summary>A rule of the organization forbids it.</summary>
/// <param name="Sentence">Which.</param>
public sealed record OrganizationConstraintViolated(string Sentence) : Fault(Sentence);
