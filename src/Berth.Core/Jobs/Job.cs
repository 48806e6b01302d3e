using System.Text.Json.Serialization;

namespace Berth.Jobs;

/// <summary>
/// Work that is owed, as a small record of what its handler must know: names and numbers, which are stored as JSON. A new
/// kind of job is one such record and one <see cref="JobHandler{TJob}"/>.
/// </summary>
public abstract record Job
{
    /// <summary>The name of the record. Rows carry it, so renaming a record orphans the jobs that wait.</summary>
    [JsonIgnore]
    public string Kind => GetType().Name;
}
