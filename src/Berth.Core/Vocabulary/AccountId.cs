using System.Diagnostics.CodeAnalysis;

namespace Berth.Vocabulary;

/// <summary>An AWS account: twelve decimal digits. On the wire ECR calls it <c>registryId</c>.</summary>
public readonly record struct AccountId
{
    private readonly string? text;

    private AccountId(string text) => this.text = text;

    /// <summary>Reads an account, or says that the text is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out AccountId account)
    {
        if (text is not { Length: 12 } || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            account = default;
            return false;
        }

        account = new(text);
        return true;
    }

    /// <summary>Reads an account whose form was checked before; anything else is a bug.</summary>
    public static AccountId Parse(string text) =>
        TryParse(text, out var account) ? account : throw new FormatException($"'{text}' is not an account: twelve digits");

    /// <inheritdoc/>
    public override string ToString() => text ?? throw new InvalidOperationException("an account that was never set");
}
