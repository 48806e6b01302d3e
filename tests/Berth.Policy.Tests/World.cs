using System.Collections.Immutable;
using Berth.Policy.Documents;
using FsCheck;
using FsCheck.Fluent;

namespace Berth.Policy.Tests;

/// <summary>A request with policies, small enough that statements often apply.</summary>
/// <param name="Identity">Statements of the caller's policy.</param>
/// <param name="Resource">Statements of the resource's policy; none when empty.</param>
/// <param name="Boundary">Statements of the caller's boundary; none when empty.</param>
/// <param name="Owner">The account that owns the resource.</param>
public sealed record World(ImmutableArray<string> Identity, ImmutableArray<string> Resource, ImmutableArray<string> Boundary, string Owner)
{
    public const string Caller = "arn:aws:iam::111111111111:user/ann";
    public const string AllowAll = """{"Effect":"Allow","Action":"*","Resource":"*"}""";
    public const string DenyAll = """{"Effect":"Deny","Action":"*","Resource":"*"}""";

    private static readonly string[] Principals =
    [
        """
        "Principal":"*",
        """,
        $$"""
        "Principal":{"AWS":"{{Caller}}"},
        """,
        """
        "Principal":{"AWS":["111111111111","arn:aws:iam::333333333333:root"]},
        """,
        """
        "Principal":{"AWS":"arn:aws:iam::111111111111:user/bob"},
        """,
    ];

    public static Arbitrary<World> Any { get; } = Arb.From(
        from identity in Statements(principals: [""])
        from resource in Statements(Principals)
        from boundary in Statements(principals: [""])
        from owner in Gen.Elements("111111111111", "222222222222")
        select new World(identity, resource, boundary, owner));

    public Decision Decide()
    {
        var request = new AccessRequest(Caller, "111111111111", "ecr:PutImage", $"arn:aws:ecr:us-east-1:{Owner}:repository/app", Owner)
        {
            Context = new([new("aws:username", ContextValue.One("ann")), new("aws:TagKeys", ContextValue.Several("team", "stage"))]),
        };
        return Evaluator.Decide(request, new()
        {
            Identity = Read(Identity, PolicyGrammar.OfIdentity),
            Resource = Read(Resource, PolicyGrammar.OfResource),
            Boundary = Read(Boundary, PolicyGrammar.OfIdentity).SingleOrDefault(),
        });
    }

    public static string ForEverybody(string statement) => statement.Insert(1, "\"Principal\":\"*\",");

    private static List<PolicyDocument> Read(ImmutableArray<string> statements, PolicyGrammar grammar) => statements.IsEmpty
        ? []
        : [PolicyReader.Read($$"""{"Version":"2012-10-17","Statement":[{{string.Join(',', statements)}}]}""", grammar)];

    private static Gen<ImmutableArray<string>> Statements(string[] principals) =>
        from count in Gen.Choose(0, 4)
        from statements in Statement(principals).ArrayOf(count)
        select statements.ToImmutableArray();

    private static Gen<string> Statement(string[] principals) =>
        from effect in Gen.Frequency((3, Gen.Constant("Allow")), (1, Gen.Constant("Deny")))
        from principal in Gen.Elements(principals)
        from action in Gen.Elements("\"Action\":\"*\"", "\"Action\":\"ecr:put*\"", "\"NotAction\":\"ecr:Get*\"", "\"Action\":\"s3:*\"")
        from resource in Gen.Elements("\"Resource\":\"*\"", "\"NotResource\":\"arn:aws:ecr:*:*:repository/prod-*\"", "\"Resource\":\"arn:aws:ecr:*:*:repository/b*\"")
        from condition in Gen.Elements(
            "{}",
            "{\"StringEquals\":{\"aws:username\":\"ann\"}}",
            "{\"StringNotLike\":{\"aws:username\":\"a*\"}}",
            "{\"ForAllValues:StringEquals\":{\"aws:TagKeys\":[\"team\",\"stage\"]}}")
        select $$"""{"Effect":"{{effect}}",{{principal}}{{action}},{{resource}},"Condition":{{condition}}}""";
}
