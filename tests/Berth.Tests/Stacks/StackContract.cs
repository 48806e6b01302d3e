using Berth.Identity;
using Berth.Identity.Entities;
using Berth.Jobs;
using Berth.Stacks;
using Berth.Storage.Blobs;
using Berth.Storage.Rows;
using Berth.Tests.Engines;
using Berth.Vocabulary;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Stacks;

/// <summary>Stacks over a database of the test's own, with a type that only remembers. The job is run by the test.</summary>
public abstract class StackContract(TestDatabase rows) : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private StackParts parts = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected static RegistryId Home { get; } = new(AccountId.Parse("123456789012"), RegionName.Parse("us-east-1"));

    protected static Caller Root { get; } = new(Principal.Root(Home.Account, "aws"), "AKIAIOSFODNN7EXAMPLE");

    protected FakeTimeProvider Time { get; } = new(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));

    private protected FakeThings Things { get; } = new();

    private protected StackParts Parts => parts;

    protected StackChanges Changes { get; private set; } = null!;

    protected StackReads Reads { get; private set; } = null!;

    protected Dictionary<string, string> Templates { get; } = new(StringComparer.Ordinal);

    public async ValueTask InitializeAsync()
    {
        var database = await Database.OpenAsync(await rows.GetDialectAsync(), Time, Cancel);
        var (ids, changes) = (new Ids(), new IdentityChanges());
        var keyring = Keyring.LoadOrCreate(folder["keyring"], ids, Time);
        parts = new()
        {
            Database = database,
            Jobs = new(Time, ids),
            Types = new(() => [Things, new FakeStacks(new(parts, Changes))]),
            Callers = new(keyring, new RoleAccess(database, new(), changes, Time), new(keyring, ids), Time),
            Templates = new((_, place, _) => Task.FromResult(Templates.GetValueOrDefault(place.Key))),
            Ids = ids,
            Time = Time,
            Log = NullLogger<StackJobHandler>.Instance,
        };
        (Changes, Reads) = (new(parts), new(database));
    }

    public async ValueTask DisposeAsync()
    {
        await parts.Database.DisposeAsync();
        await rows.DisposeAsync();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A request for a stack that is called <c>app</c>.</summary>
    private protected static StackRequest Asking(string template, params (string Key, string? Value)[] parameters) => new(Root, Home, "app")
    {
        Body = template,
        Parameters = [.. parameters.Select(one => KeyValuePair.Create(one.Key, one.Value))],
    };

    /// <summary>Makes a stack and does its work.</summary>
    private protected async Task<Stack> CreateAsync(StackRequest request)
    {
        var made = await Changes.CreateAsync(request, Cancel);
        await WorkAsync();
        return await GetAsync(made.Id);
    }

    /// <summary>Updates a stack and does the work.</summary>
    private protected async Task<Stack> UpdateAsync(StackRequest request)
    {
        var updated = await Changes.UpdateAsync(request, Cancel);
        await WorkAsync();
        return await GetAsync(updated.Id);
    }

    /// <summary>Deletes the stack and does the work.</summary>
    private protected async Task<Stack> DeleteAsync(Func<StackRequest, StackRequest>? change = null)
    {
        var stack = await GetAsync("app");
        var request = new StackRequest(Root, Home, "app");
        await Changes.DeleteAsync(change?.Invoke(request) ?? request, Cancel);
        await WorkAsync();
        return await GetAsync(stack.Id);
    }

    protected async Task<Stack> GetAsync(string nameOrId) => await Reads.GetAsync(Home, nameOrId, Cancel);

    /// <summary>Does every job that is due, and again after a kill, as the runner would.</summary>
    protected async Task WorkAsync(int most = 200)
    {
        JobHandler handler = new StackJobHandler(parts);
        var leases = parts.Jobs.OpenLeases(parts.Database, [handler.Kind]);
        while (most-- > 0 && await leases.ClaimAsync(1, TimeSpan.FromMinutes(1), Cancel) is [var lease])
        {
            try
            {
                await leases.CompleteAsync(lease, await handler.RunAsync(lease.Payload, Cancel));
            }
            catch (FaultException error) when (error.Fault is StorageUnavailable)
            {
                await leases.RetryAsync(lease, error.Message);
            }

            Time.Advance(TimeSpan.FromMinutes(20));
        }
    }

    /// <summary>What happened to the stack, the oldest first, a line each.</summary>
    protected async Task<string[]> EventsAsync(Stack stack) =>
        [.. (await Reads.EventsAsync(stack, before: null, 500, Cancel)).Reverse().Select(one => $"{one.LogicalId} {one.Status}{(one.Reason is null ? "" : $": {one.Reason}")}")];

    protected async Task<StackResource> ResourceAsync(Stack stack, string logicalId) =>
        (await Reads.ResourcesAsync(stack, Cancel)).Single(one => string.Equals(one.LogicalId, logicalId, StringComparison.Ordinal));

    protected static async Task<T> FaultOf<T>(Func<Task> act)
        where T : Fault => Assert.IsType<T>((await Assert.ThrowsAsync<FaultException>(act)).Fault);
}
