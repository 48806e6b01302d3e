using Berth.Identity;
using Berth.Registry;
using Berth.Server.Gate;
using Berth.Storage.Blobs;
using Berth.Storage.Rows;
using Microsoft.Extensions.Logging.Abstractions;

namespace Berth.Tests.Gate;

/// <summary>The authorizer over rows of a test's own.</summary>
internal static class Authorizers
{
    public static Authorizer Over(Database database, Keyring keyring, TimeProvider time)
    {
        var (compiled, changes) = (new CompiledPolicies(), new IdentityChanges());
        return new(
            new(database, compiled, changes, time),
            new(
                new RepositoryAccess(database, compiled, changes, time),
                new(database, compiled, changes, time),
                new(database, changes, time)),
            new(keyring),
            NullLogger<Authorizer>.Instance);
    }

    public static Permissions Permissions(Database database, TimeProvider time) => new(database, new(), new(), time);
}
