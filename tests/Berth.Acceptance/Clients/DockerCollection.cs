namespace Berth.Acceptance.Clients;

/// <summary>Tests that share one engine run one after the other: they empty it.</summary>
[CollectionDefinition(nameof(DockerEngine))]
public sealed class DockerCollection : ICollectionFixture<DockerEngine>;
