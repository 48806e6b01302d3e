namespace Berth.Policy.Conditions;

/// <summary>Whether a value of the request is what one value of the policy asks for.</summary>
internal delegate bool ValueTest(string actual, RequestContext context);

/// <summary>Makes the test of one value of a policy.</summary>
/// <param name="expected">The value. One that is none of its type makes a test that nothing passes.</param>
/// <param name="variables">Whether the document's version has variables.</param>
internal delegate ValueTest TestMaker(string expected, bool variables);

/// <summary>A condition operator.</summary>
/// <param name="Make">Makes its test.</param>
/// <param name="IsNegated">Whether it holds when no value of the policy passes.</param>
internal sealed record Operator(TestMaker Make, bool IsNegated = false);
