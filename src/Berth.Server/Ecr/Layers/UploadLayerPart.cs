using System.Buffers;
using System.IO.Pipelines;
using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ecr.Layers;

/// <summary>Appends a part to an upload. Parts follow one another without gaps.</summary>
internal sealed class UploadLayerPart(Uploads uploads) : Operation<UploadLayerPart.Request, UploadLayerPart.Response>
{
    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? RegistryId { get; init; }

        [Length(2, 256), Pattern(Patterns.RepositoryName)]
        public required string RepositoryName { get; init; }

        [Pattern(Patterns.UploadId)]
        public required string UploadId { get; init; }

        [Range(0)]
        public required long? PartFirstByte { get; init; }

        [Range(0)]
        public required long? PartLastByte { get; init; }

        [Length(0, 20_971_520)]
        public required byte[] LayerPartBlob { get; init; }
    }

    public sealed record Response(string RegistryId, string RepositoryName, string UploadId, long LastByteReceived);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) =>
        call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var repository = call.Repository(request.RegistryId, request.RepositoryName);
        var upload = UploadId.Parse(request.UploadId);
        var (first, last) = (request.PartFirstByte!.Value, request.PartLastByte!.Value);
        var bytes = request.LayerPartBlob;
        if (bytes.Length != last - first + 1)
        {
            var (_, received) = await uploads.GetAsync(repository, upload, cancel);
            throw new LayerPartLengthWrong(repository, upload, bytes.Length, last - first + 1, received).AsException();
        }

        var part = new UploadPart
        {
            Content = PipeReader.Create(new ReadOnlySequence<byte>(bytes)),
            First = first,
            Length = bytes.Length,
        };
        await uploads.AppendAsync(repository, upload, part, cancel);
        return new(repository.Account.ToString(), repository.Name.ToString(), upload.ToString(), last);
    }
}
