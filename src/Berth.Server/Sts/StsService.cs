using Berth.Server.Aws;

namespace Berth.Server.Sts;

/// <summary>AWS Security Token Service.</summary>
internal static class StsService
{
    /// <summary>The operations that are built.</summary>
    public static Service Create() =>
        new Service("sts", new Query("2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/"))
            .Add(() => new GetCallerIdentity());
}
