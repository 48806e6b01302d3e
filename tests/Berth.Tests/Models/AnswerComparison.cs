using System.Text.Json;

namespace Berth.Tests.Models;

/// <summary>Compares an answer as it was sent with the shape that the model has for it.</summary>
internal sealed class AnswerComparison(AwsModel model)
{
    /// <summary>Everything in which the answer is not of the shape.</summary>
    public List<string> Differences { get; } = [];

    public void Compare(JsonElement answer, string? shapeName, string path)
    {
        var shape = shapeName is null ? new ModelShape("structure") : model.Shapes[shapeName];
        var fits = shape.Type switch
        {
            "structure" or "map" => answer.ValueKind is JsonValueKind.Object,
            "list" => answer.ValueKind is JsonValueKind.Array,
            "boolean" => answer.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" or "long" => answer.ValueKind is JsonValueKind.Number && answer.TryGetInt64(out _),
            "double" or "timestamp" => answer.ValueKind is JsonValueKind.Number,
            _ => answer.ValueKind is JsonValueKind.String,
        };
        if (!fits)
        {
            Differences.Add($"{path} is {answer.ValueKind}, the model has {shape.Type}");
            return;
        }

        if (shape.Enum.Count > 0 && !shape.Enum.Contains(answer.GetString(), StringComparer.Ordinal))
        {
            Differences.Add($"{path} is '{answer}', which is none of the model's");
        }

        if (shape.Type is "structure")
        {
            CompareMembers(answer, shape, path);
        }
        else if (shape.Type is "list")
        {
            foreach (var element in answer.EnumerateArray())
            {
                Compare(element, shape.Member, $"{path}[]");
            }
        }
    }

    private void CompareMembers(JsonElement answer, ModelShape shape, string path)
    {
        Differences.AddRange(shape.Required.Where(name => !answer.TryGetProperty(name, out _)).Select(name => $"{path}.{name} is missing"));
        foreach (var member in answer.EnumerateObject())
        {
            if (shape.Members.TryGetValue(member.Name, out var inner))
            {
                Compare(member.Value, inner, $"{path}.{member.Name}");
            }
            else
            {
                Differences.Add($"{path}.{member.Name} is not in the model");
            }
        }
    }
}
