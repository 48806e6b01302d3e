using Berth.Policy;
using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ecr.Repositories;

/// <summary>Creates a repository.</summary>
internal sealed class CreateRepository(Berth.Registry.Repositories repositories, RegistryHosts hosts, Authorizer authorizer)
    : Operation<CreateRepository.Request, CreateRepository.Response>
{
    private const string ManagedKey = "alias/aws/ecr";

    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? RegistryId { get; init; }

        [Length(2, 256), Pattern(Patterns.RepositoryName)]
        public required string RepositoryName { get; init; }

        public IReadOnlyList<ResourceTagEntry>? Tags { get; init; }

        [Values("IMMUTABLE", "MUTABLE", "MUTABLE_WITH_EXCLUSION", "IMMUTABLE_WITH_EXCLUSION")]
        public string? ImageTagMutability { get; init; }

        [Count(1, 5)]
        public IReadOnlyList<ExclusionFilter>? ImageTagMutabilityExclusionFilters { get; init; }

        public ImageScanningConfiguration? ImageScanningConfiguration { get; init; }

        public EncryptionConfiguration? EncryptionConfiguration { get; init; }
    }

    public sealed record Response(RepositoryDetail Repository);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) =>
        call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) =>
        RequestTags.Of([.. (request.Tags ?? []).Select(tag => KeyValuePair.Create(tag.Key, tag.Value))]);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var id = call.Repository(request.RegistryId, request.RepositoryName);
        var tags = (request.Tags ?? []).ToLookup(tag => call.IsOfService(tag.Key), tag => tag.ToTag());
        if (tags[false].Any())
        {
            await authorizer.AuthorizeAsync(call.To("ecr:TagResource", id.Arn, [.. Keys(request)]), cancel);
        }

        RefuseCustomerKey(request.EncryptionConfiguration);
        var settings = new RepositorySettings
        {
            TagMutability = ExclusionFilter.ToRule(request.ImageTagMutability, request.ImageTagMutabilityExclusionFilters),
            ScanOnPush = request.ImageScanningConfiguration?.ScanOnPush ?? false,
            Tags = [.. tags[false]],
            ServiceTags = [.. tags[true]],
        };
        return new(RepositoryDetail.Of(await repositories.CreateAsync(id, settings, cancel), hosts));
    }

    private static void RefuseCustomerKey(EncryptionConfiguration? encryption)
    {
        switch (encryption)
        {
            case { EncryptionType: EncryptionConfiguration.ServiceKey, KmsKey: not null }:
                throw new ParameterInvalid(
                    "encryptionConfiguration", "kmsKey must be null when encryptionType is set as AES256").AsException();
            case { EncryptionType: not EncryptionConfiguration.ServiceKey }:
                throw new KeyUnavailable(encryption.KmsKey ?? ManagedKey).AsException();
        }
    }
}
