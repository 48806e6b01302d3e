using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace Berth.Vocabulary;

/// <summary>The one door through which chance comes in: identifiers, keys and nonces. Tests seed it.</summary>
/// <param name="fill">Fills a span with bytes; the default is the operating system's generator.</param>
public sealed class Ids(Action<Span<byte>>? fill = null)
{
    private const string KeyAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const string SecretAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    // The only use of the generator in the project: everything else asks this class.
#pragma warning disable RS0030 // BannedSymbols.txt points here
    private readonly Action<Span<byte>> fill = fill ?? RandomNumberGenerator.Fill;
#pragma warning restore RS0030

    /// <summary>Fills a span with bytes nobody can guess.</summary>
    public void Fill(Span<byte> bytes) => fill(bytes);

    /// <summary>A new random UUID (version 4).</summary>
    public Guid NewGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new(bytes, bigEndian: true);
    }

    /// <summary>The id of a new upload session.</summary>
    public UploadId NewUpload() => new(NewGuid());

    /// <summary>The id under which a request is answered and logged.</summary>
    public string NewRequest() => NewGuid().ToString("D");

    /// <summary>A new long-term access key id: <c>AKIA</c> and sixteen characters of base 32, as IAM makes them.</summary>
    public string NewAccessKeyId() => "AKIA" + Text(KeyAlphabet, 16);

    /// <summary>A new temporary access key id: <c>ASIA</c> and sixteen characters of base 32.</summary>
    public string NewTemporaryKeyId() => "ASIA" + Text(KeyAlphabet, 16);

    /// <summary>A new unique id of an IAM entity: its prefix and seventeen characters of base 32, as IAM makes them.</summary>
    public string NewEntityId(string prefix) => prefix + Text(KeyAlphabet, 17);

    /// <summary>The id of a new policy of an organization: <c>p-</c> and eight characters.</summary>
    public string NewOrganizationPolicyId() => "p-" + Text(KeyAlphabet, 8).ToLowerInvariant();

    /// <summary>The id of a request for an account: <c>car-</c> and thirty-two hexadecimal digits, as Organizations makes them.</summary>
    public string NewAccountRequestId() => "car-" + NewGuid().ToString("N");

    /// <summary>A new instance id: <c>i-</c> and seventeen hexadecimal digits, as EC2 makes them.</summary>
    public string NewInstanceId() => "i-" + NewGuid().ToString("N")[^17..];

    /// <summary>The id of a new part of a network: its prefix and seventeen hexadecimal digits, as EC2 makes them.</summary>
    public string NewNetworkId(NetworkKind kind) => kind.Prefix + NewGuid().ToString("N")[^17..];

    /// <summary>The id of a new reservation: <c>r-</c> and seventeen hexadecimal digits.</summary>
    public string NewReservationId() => "r-" + NewGuid().ToString("N")[^17..];

    /// <summary>A number from 0 on that is less than another.</summary>
    public int NextBelow(int bound) => (int)(NextFraction() * bound);

    /// <summary>The id of a new association of pods: <c>a-</c> and seventeen characters, as EKS makes them.</summary>
    public string NewPodAssociationId() => "a-" + Text(KeyAlphabet, 17).ToLowerInvariant();

    /// <summary>What the generated name of a stack's resource ends with: twelve capitals and digits.</summary>
    public string NewResourceSuffix() => Text(KeyAlphabet, 12);

    /// <summary>What stands behind a new VPC endpoint's id in its names: eight lower-case letters and digits.</summary>
    public string NewEndpointSuffix() => Text(KeyAlphabet, 8).ToLowerInvariant();

    /// <summary>A new secret by which a machine proves itself: 256 bits, in letters that may stand in a path.</summary>
    public string NewMachineSecret()
    {
        Span<byte> bytes = stackalloc byte[32];
        fill(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>A new secret access key: forty characters.</summary>
    public string NewSecretAccessKey() => Text(SecretAlphabet, 40);

    /// <summary>The id of a new account: twelve digits.</summary>
    public AccountId NewAccountId()
    {
        Span<byte> bytes = stackalloc byte[8];
        fill(bytes);
        return AccountId.Parse((BinaryPrimitives.ReadUInt64LittleEndian(bytes) % 1_000_000_000_000).ToString("D12", CultureInfo.InvariantCulture));
    }

    /// <summary>A number in [0, 1), for jitter.</summary>
    public double NextFraction()
    {
        Span<byte> bytes = stackalloc byte[8];
        fill(bytes);
        return (BinaryPrimitives.ReadUInt64LittleEndian(bytes) >> 11) * (1.0 / (1UL << 53));
    }

    // Both alphabets' lengths divide 256, so taking the remainder favours no character.
    private string Text(string alphabet, int length)
    {
        Span<byte> bytes = stackalloc byte[64];
        bytes = bytes[..length];
        fill(bytes);
        Span<char> text = stackalloc char[64];
        for (var i = 0; i < length; i++)
        {
            text[i] = alphabet[bytes[i] % alphabet.Length];
        }

        return new(text[..length]);
    }
}
