using System.Buffers;

namespace Berth.Server.Aws;

/// <summary>One of AWS's ways to write requests, answers and errors.</summary>
internal abstract class Protocol
{
    /// <summary>The media type of answers and errors.</summary>
    public abstract string ContentType { get; }

    /// <summary>The API version that requests carry; null where they carry none.</summary>
    public virtual string? Version => null;

    /// <summary>How errors that any operation may give are spelled.</summary>
    public abstract ErrorStyle ErrorStyle { get; }

    /// <summary>Reads a request into its record; what cannot be read is the fault <see cref="Vocabulary.RequestUnreadable"/>.</summary>
    public abstract object Read(Type request, AwsRequest from);

    /// <summary>Writes an answer.</summary>
    public abstract void Write(IBufferWriter<byte> to, Operation operation, object response, string requestId);

    /// <summary>Writes an error.</summary>
    public abstract void WriteError(IBufferWriter<byte> to, AwsError error, string requestId);
}

/// <summary>AWS spells the errors that any operation may give differently from service to service.</summary>
internal enum ErrorStyle
{
    /// <summary>ECR's: <c>...Exception</c>, status 400 whoever is at fault.</summary>
    Ecr,

    /// <summary>The Query services': bare codes, status 403 where it is about who the caller is.</summary>
    Query,

    /// <summary>EC2's: codes of its own for nearly all there is.</summary>
    Ec2,
}
