namespace Berth.Server.Gate;

/// <summary>What a call does to what it names, in the words of AWS's service authorization reference.</summary>
internal enum AccessLevel
{
    /// <summary>Reads contents.</summary>
    Read,

    /// <summary>Lists what there is.</summary>
    List,

    /// <summary>Creates, changes or deletes.</summary>
    Write,

    /// <summary>Changes who may do what.</summary>
    Permissions,

    /// <summary>Changes resource tags only.</summary>
    Tagging,
}
