namespace Berth.Identity;

/// <summary>A credential.</summary>
/// <param name="Id">Public: stands in every signed request.</param>
/// <param name="Secret">Signs requests; never logged, stored only sealed.</param>
/// <param name="Principal">Whom a signature made with it proves.</param>
public sealed record AccessKey(string Id, string Secret, Principal Principal)
{
    /// <summary>Leaves the secret out: whatever is printed may end in a log.</summary>
    public override string ToString() => $"access key {Id} of {Principal.Arn}";
}
