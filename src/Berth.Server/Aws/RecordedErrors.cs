using Berth.Server.Gate.Recording;
using Berth.Vocabulary;

namespace Berth.Server.Aws;

/// <summary>How records spell what went wrong: as the wire does, save that a denial is the same for every service.</summary>
internal static class RecordedErrors
{
    /// <summary>The error of a failure.</summary>
    public static RecordedError Of(Exception failure, ErrorStyle style) => failure switch
    {
        FaultException { Fault: (AccessDenied or DoorOfOtherService or DoorLeadsElsewhere or DoorOfOtherRegion) and var denied } =>
            new("AccessDenied", denied.Message),
        FaultException { Fault: var fault } => Spell(AwsErrors.Of(fault, style)),
        OperationCanceledException => CallRecorder.Aborted,
        BadHttpRequestException => Spell(AwsErrors.Of(new RequestUnreadable(failure.Message), style)),
        _ => Spell(AwsErrors.Unexpected(style)),
    };

    /// <summary>The error of a failure on the OCI wire, whose calls are recorded as ECR's.</summary>
    public static RecordedError OfEcr(Exception failure) => Of(failure, ErrorStyle.Ecr);

    private static RecordedError Spell(AwsError error) => new(error.Code, error.Message);
}
