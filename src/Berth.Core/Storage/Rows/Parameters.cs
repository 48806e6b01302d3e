using Dapper;

namespace Berth.Storage.Rows;

/// <summary>Parameters of a statement that come from several places.</summary>
public static class Parameters
{
    /// <summary>The properties of several objects, or what <see cref="ValueList.With"/> gave, as parameters of one statement.</summary>
    public static object Of(params ReadOnlySpan<object> parts)
    {
        var all = new DynamicParameters();
        foreach (var part in parts)
        {
            all.AddDynamicParams(part);
        }

        return all;
    }
}
