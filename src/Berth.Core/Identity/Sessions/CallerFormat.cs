using System.Text;
using Berth.Identity.Entities;
using Berth.Vocabulary;

namespace Berth.Identity.Sessions;

/// <summary>A caller with its session as bytes, for what is sealed into tokens.</summary>
internal static class CallerFormat
{
    public static void Write(BinaryWriter writer, Caller caller)
    {
        writer.Write(caller.Arn);
        writer.Write(caller.Account.ToString());
        writer.Write(caller.Principal.UserId);
        writer.Write(caller.AccessKeyId);
        writer.Write(caller.Session is not null);
        if (caller.Session is { } session)
        {
            Write(writer, session);
        }
    }

    /// <summary>Reads what <see cref="Write(BinaryWriter, Caller)"/> wrote, as a seal has proved.</summary>
    public static Caller Read(BinaryReader reader)
    {
        var principal = new Principal(reader.ReadString(), AccountId.Parse(reader.ReadString()), reader.ReadString());
        return new(principal, reader.ReadString()) { Session = reader.ReadBoolean() ? ReadSession(reader) : null };
    }

    private static void Write(BinaryWriter writer, Session session)
    {
        writer.Write(session.OwnerId);
        writer.Write(session.RegistrationId ?? "");
        writer.Write(session.IssuedAt.ToUnixTimeMilliseconds());
        writer.Write(session.ExpiresAt.ToUnixTimeMilliseconds());
        writer.Write(session.IsNarrowed);
        WriteAll(writer, session.Policies, writer.Write);
        WriteAll(writer, session.PolicyArns, writer.Write);
        WriteAll(writer, session.Tags, tag => WritePair(writer, tag.Key, tag.Value));
        WriteAll(writer, session.TransitiveTagKeys, writer.Write);
        WriteAll(writer, session.Keys, key => WritePair(writer, key.Key, key.Value));
    }

    private static Session ReadSession(BinaryReader reader) => new()
    {
        OwnerId = reader.ReadString(),
        RegistrationId = reader.ReadString() is { Length: > 0 } registration ? registration : null,
        IssuedAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64()),
        ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64()),
        IsNarrowed = reader.ReadBoolean(),
        Policies = ReadAll(reader, reader.ReadString),
        PolicyArns = ReadAll(reader, reader.ReadString),
        Tags = ReadAll(reader, () => new EntityTag(reader.ReadString(), reader.ReadString())),
        TransitiveTagKeys = ReadAll(reader, reader.ReadString),
        Keys = ReadAll(reader, () => KeyValuePair.Create(reader.ReadString(), reader.ReadString())),
    };

    private static void WritePair(BinaryWriter writer, string key, string value)
    {
        writer.Write(key);
        writer.Write(value);
    }

    private static void WriteAll<T>(BinaryWriter writer, IReadOnlyList<T> values, Action<T> write)
    {
        writer.Write7BitEncodedInt(values.Count);
        foreach (var value in values)
        {
            write(value);
        }
    }

    private static T[] ReadAll<T>(BinaryReader reader, Func<T> read)
    {
        var values = new T[reader.Read7BitEncodedInt()];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = read();
        }

        return values;
    }

    /// <summary>Writes one sealed content.</summary>
    public static byte[] ToBytes(Action<BinaryWriter> write)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, Encoding.UTF8))
        {
            write(writer);
        }

        return memory.ToArray();
    }
}
