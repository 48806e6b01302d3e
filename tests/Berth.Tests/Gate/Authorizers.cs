using Berth.Identity;
using Berth.Registry;
using Berth.Server.Gate;
using Berth.Server.Gate.WebIdentity;
using Berth.Server.Sts;
using Berth.Storage.Blobs;
using Berth.Storage.Rows;
using Berth.Tests.Identity;
using Berth.Vocabulary;
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
                new(database, changes, time),
                new(new(database, new(), time)),
                new(database, time, always: false)),
            new(database, compiled, changes, new(keyring, AccountId.Parse("123456789012"), "aws"), time),
            new(keyring),
            NullLogger<Authorizer>.Instance);
    }

    /// <summary>What STS stands on.</summary>
    public static StsParts Sts(IdentityStore store) => new()
    {
        Sessions = new(new(store.Keyring, store.Ids), Permissions(store.Database, store.Time), store.Time),
        Roles = new(store.Database, new(), new(), store.Time),
        AccessKeys = store.Keys(),
        WebIdentities = new(
            new(store.Database, new(store.Database, new(), store.Ids, store.Time)), new(store.Time, NullLogger<ProviderKeys>.Instance)),
        Authorizer = Over(store.Database, store.Keyring, store.Time),
        AuthorizationMessages = new(store.Keyring),
    };

    public static Permissions Permissions(Database database, TimeProvider time) => new(database, new(), new(), time);
}
