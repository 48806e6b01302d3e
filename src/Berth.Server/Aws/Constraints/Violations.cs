using System.Collections;
using System.Globalization;
using Berth.Vocabulary;

namespace Berth.Server.Aws.Constraints;

/// <summary>Every rule of the model that a request breaks, and AWS's sentence for them.</summary>
internal sealed class Violations
{
    private const int LongestPrinted = 1024;

    private readonly List<Violation> found = [];

    /// <summary>Returns when a request keeps all rules; otherwise the fault names all that are broken.</summary>
    public static void Refuse(object request, ErrorStyle style)
    {
        var violations = new Violations();
        violations.CheckRecord(request, prefix: "");
        if (violations.found.Count > 0)
        {
            throw violations.AsFault(style).AsException();
        }
    }

    // ECR checks most rules in its own code, one at a time, before the framework would; the framework's form is left for
    // the rules it checks first (presence, length) and for several violations.
    // EC2 names the first that is missing, and nothing else.
    private Fault AsFault(ErrorStyle style) =>
        style is ErrorStyle.Ec2 && found.Find(one => one.Kind is RuleKind.Presence) is { } missing ? NetworkRefused.Missing(missing.Path) :
        style is ErrorStyle.Ecr && found is [{ Kind: RuleKind.Pattern or RuleKind.Range or RuleKind.Choice } only]
            ? new ParameterInvalid(only.Path, only.EcrPhrase)
            : new ConstraintsViolated(
                $"{found.Count} validation error{(found.Count == 1 ? "" : "s")} detected: {string.Join("; ", found)}");

    private void CheckRecord(object record, string prefix)
    {
        foreach (var member in RecordShape.Of(record.GetType()).Members)
        {
            var path = prefix + member.Path;
            if (member.Get(record) is not { } value)
            {
                if (member.IsRequired)
                {
                    Add(path, value: null, RuleKind.Presence, "Member must not be null");
                }

                continue;
            }

            foreach (var constraint in member.OfValue)
            {
                if (constraint.Check(value) is { } phrase)
                {
                    found.Add(new(path, Print(value), constraint.Kind, phrase, constraint.EcrPhrase(phrase)));
                }
            }

            CheckInside(member, path, value);
        }
    }

    private void CheckInside(RecordMember member, string path, object value)
    {
        if (member.Element is null)
        {
            if (RecordShape.IsRecord(member.Type))
            {
                CheckRecord(value, path + ".");
            }
        }
        else if (RecordShape.IsRecord(member.Element))
        {
            CheckRecords((IEnumerable)value, path);
        }
        else
        {
            CheckScalars(member, path, (IEnumerable)value);
        }
    }

    private void CheckRecords(IEnumerable elements, string path)
    {
        var number = 0;
        foreach (var element in elements)
        {
            number++;
            if (element is null)
            {
                Add($"{path}.{number}.member", value: null, RuleKind.Presence, "Member must not be null");
            }
            else
            {
                CheckRecord(element, $"{path}.{number}.member.");
            }
        }
    }

    // Of a list of plain values AWS names no element: it prints the list and all that holds for each.
    private void CheckScalars(RecordMember member, string path, IEnumerable elements)
    {
        foreach (var element in elements)
        {
            var broken = element is null
                ? RuleKind.Presence
                : member.OfElements.FirstOrDefault(constraint => constraint.Check(element) is not null)?.Kind;
            if (broken is { } kind)
            {
                var phrases = member.OfElements.Reverse().SelectMany(constraint => constraint.Phrases).Append("Member must not be null");
                Add(path, Print(elements), kind, $"Member must satisfy constraint: [{string.Join(", ", phrases)}]");
                return;
            }
        }
    }

    private void Add(string path, string? value, RuleKind kind, string phrase) =>
        found.Add(new(path, value ?? " null", kind, phrase, phrase));

    // What is long, or is not text, AWS leaves out of the sentence.
    private static string Print(object value)
    {
        var text = value switch
        {
            string or long or int or bool => Convert.ToString(value, CultureInfo.InvariantCulture)!,
            IEnumerable<string?> list => $"[{string.Join(", ", list)}]",
            _ => null,
        };
        return text is { Length: <= LongestPrinted } ? $" '{text}'" : "";
    }

    private sealed record Violation(string Path, string Value, RuleKind Kind, string Phrase, string EcrPhrase)
    {
        public override string ToString() => $"Value{Value} at '{Path}' failed to satisfy constraint: {Phrase}";
    }
}
