using System.Buffers;

namespace Berth.Server.Aws;

/// <summary>
/// Bytes that grow, in memory that is given back. What was taken from it must not outlive it. Only small memory comes from
/// the pool: the pool keeps what it is given, a piece for every thread, and would never let go of large ones.
/// </summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int FirstSize = 4096;
    private const int LargestPooled = 1024 * 1024;

    private byte[] bytes = ArrayPool<byte>.Shared.Rent(FirstSize);

    /// <summary>How much was written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, Length);

    /// <inheritdoc/>
    public void Advance(int count) => Length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (bytes.Length - Length < Math.Max(sizeHint, 1))
        {
            Resize(Math.Max(checked(Length + Math.Max(sizeHint, 1)), bytes.Length * 2));
        }

        return bytes.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Makes room for so many bytes in all, so that nothing need be copied on the way there.</summary>
    public void Reserve(int total)
    {
        if (bytes.Length < total)
        {
            Resize(total);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        GiveBack();
        bytes = [];
        Length = 0;
    }

    private void Resize(int size)
    {
        var larger = size > LargestPooled ? GC.AllocateUninitializedArray<byte>(size) : ArrayPool<byte>.Shared.Rent(size);
        Written.CopyTo(larger);
        GiveBack();
        bytes = larger;
    }

    private void GiveBack()
    {
        if (bytes.Length is > 0 and <= LargestPooled)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
