using Berth.Storage.Rows;

namespace Berth.Identity.Delivery;

/// <summary>What hands out sessions that end with it. An id is of one registration only, and never used twice.</summary>
internal static class Registrations
{
    /// <summary>Whether the registration of that id was not ended.</summary>
    public static async Task<bool> IsThereAsync(RowReader rows, string id) =>
        await rows.FindAsync<long?>(
            "SELECT 1 FROM machine WHERE id = @id UNION ALL SELECT 1 FROM pod_association WHERE id = @id", new { id }) is not null;
}
