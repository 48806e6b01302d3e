using System.Text.Json;
using System.Text.Json.Nodes;
using Berth.Identity.Entities;
using Berth.Stacks;
using Berth.Tests.Gate;
using Berth.Vocabulary;

namespace Berth.Tests.CloudFormation.Types;

/// <summary>The real server, and a stack named <c>prod</c> whose resources are made by their types without an engine.</summary>
internal sealed class TypeHost : IAsyncDisposable
{
    public const string StackId = "arn:aws:cloudformation:us-east-1:123456789012:stack/prod/1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed";
    public const string Suffix = "1A2B3C4D5E6F7";

    private TypeHost(GateHost gate) => Gate = gate;

    public GateHost Gate { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<TypeHost> StartAsync() => new(await GateHost.StartAsync());

    /// <summary>The type of a name, and a resource of it.</summary>
    public TypedResource Resource(string type, string logicalId, Actor? actor = null)
    {
        var home = new RegistryId(AccountId.Parse(GateHost.Own), RegionName.Parse("us-east-1"));
        var work = new ResourceWork((actor ?? Gate.Root).Caller, home)
        {
            StackId = StackId,
            StackName = "prod",
            LogicalId = logicalId,
            Suffix = Suffix,
            BegunAt = Gate.Time.GetUtcNow(),
        };
        return new(Gate.Berth.Server.ResourceTypes.Single(one => string.Equals(one.Name, type, StringComparison.Ordinal)), work);
    }

    /// <summary>Calls an operation of ECR as root.</summary>
    public Task<JsonElement> EcrAsync(string operation, object request) => Gate.Root.DoAsync(operation, request);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Gate.DisposeAsync();

    /// <summary>A resource that is to be made, changed and deleted; properties are JSON.</summary>
    internal sealed record TypedResource(ResourceType Type, ResourceWork Work)
    {
        public TypedResource With(Func<ResourceWork, ResourceWork> change) => this with { Work = change(Work) };

        /// <summary>The same after a kill.</summary>
        public TypedResource Again => With(work => work with { IsRetry = true });

        /// <summary>The same with tags on its stack.</summary>
        public TypedResource Tagged(params EntityTag[] tags) => With(work => work with { Tags = tags });

        public async Task<ResourceState> CreateAsync(string properties)
        {
            Assert.Null(Type.FindFlaw(Read(properties)));
            var progress = await Type.CreateAsync(Work, Read(properties), Cancel);
            Assert.True(progress.IsDone);
            return progress.State;
        }

        public async Task<ResourceState> UpdateAsync(ResourceState state, string before, string after)
        {
            Assert.Null(Type.FindFlaw(Read(after)));
            return (await Type.UpdateAsync(Work, state, Read(before), Read(after), Cancel)).State;
        }

        public Task DeleteAsync(ResourceState state, string properties = "{}") => Type.DeleteAsync(Work, state, Read(properties), Cancel);

        public string? Flaw(string properties) => Type.FindFlaw(Read(properties));

        public string ReplacedBy(string before, string after) => string.Join(",", Type.ReplacedBy(Read(before), Read(after)));

        /// <summary>Why it cannot be made, without the ids in it, which are new each time.</summary>
        public async Task<string> RefusalAsync(string properties) => Plain((await FailAsync(() => CreateAsync(properties))).Message);

        /// <summary>Why it cannot be deleted.</summary>
        public async Task<string> DeletionRefusalAsync(ResourceState state, string properties = "{}") =>
            Plain((await FailAsync(() => DeleteAsync(state, properties))).Message);

        /// <summary>What is left of a resource that could not be made whole.</summary>
        public async Task<(string PhysicalId, string Reason)> HalfMadeAsync(string properties)
        {
            var failure = await Assert.ThrowsAsync<ResourceFailedException>(() => CreateAsync(properties));
            return (failure.State.PhysicalId, Plain(failure.Message));
        }

        private static async Task<Exception> FailAsync(Func<Task> work) => await Assert.ThrowsAsync<FaultException>(work);

        private static JsonObject Read(string json) => (JsonObject)JsonNode.Parse(json)!;

        private static string Plain(string text) => System.Text.RegularExpressions.Regex.Replace(
            text, "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", "ID", default, TimeSpan.FromSeconds(1));
    }
}
