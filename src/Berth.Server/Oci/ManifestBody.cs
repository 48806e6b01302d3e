using System.Buffers;
using Berth.Vocabulary;

namespace Berth.Server.Oci;

/// <summary>A manifest as a request brings it, in memory that goes back to the pool.</summary>
internal sealed class ManifestBody : IDisposable
{
    private readonly byte[] rented;

    private ManifestBody(byte[] rented, int length) => (this.rented, Content) = (rented, rented.AsMemory(0, length));

    /// <summary>The bytes; not to be used after the body is disposed.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>Reads a body whole. One that is longer than a manifest may be is the fault <see cref="ManifestTooLarge"/>, at its first byte too many.</summary>
    public static async ValueTask<ManifestBody> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        var announced = request.ContentLength ?? Manifest.MaxLength;
        if (announced > Manifest.MaxLength)
        {
            throw TooLarge();
        }

        var buffer = ArrayPool<byte>.Shared.Rent((int)announced);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(buffer.AsMemory(0, (int)announced), (int)announced, throwOnEndOfStream: false, cancel);
            return await HasMoreAsync(request.Body, cancel) ? throw TooLarge() : new(buffer, length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(rented);

    private static async ValueTask<bool> HasMoreAsync(Stream body, CancellationToken cancel) =>
        await body.ReadAsync(new byte[1], cancel) > 0;

    private static FaultException TooLarge() => new ManifestTooLarge(Manifest.MaxLength).AsException();
}
