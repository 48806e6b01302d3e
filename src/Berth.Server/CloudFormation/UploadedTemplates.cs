using System.Text;
using Berth.Identity;
using Berth.Server.Gate;
using Berth.Stacks;
using Berth.Stacks.Uploads;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation;

/// <summary>Finds the templates that URLs name in the upload area, for callers who may read them there.</summary>
internal sealed class UploadedTemplates(TemplateBuckets buckets, TemplateObjects objects, Authorizer authorizer, TimeProvider time)
{
    private const string Service = "cloudformation.amazonaws.com";
    private const string Advice = "\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html";

    /// <summary>The text of a template. Fault: <see cref="StackRequestInvalid"/> in S3's words.</summary>
    public async Task<string?> ReadAsync(Caller caller, TemplateLocation place, CancellationToken cancel)
    {
        try
        {
            var bucket = await buckets.GetAsync(place.Bucket, cancel);
            var circumstances = Circumstances.OfService(Service, bucket.Home.Region, time.GetUtcNow());
            var isAllowed = bucket.Home.Account == caller.Account
                && await authorizer.IsAllowedAsync(new(caller, circumstances, "s3:GetObject", $"arn:aws:s3:::{place.Bucket}/{place.Key}"), cancel);
            return isAllowed
                ? Encoding.UTF8.GetString((await objects.GetAsync(place.Bucket, place.Key, cancel)).Body)
                : throw new BucketOfAnother(place.Bucket).AsException();
        }
        catch (FaultException failure) when (failure.Fault is BucketFault)
        {
            throw new StackRequestInvalid($"S3 error: {failure.Fault.Message}{Advice}").AsException();
        }
    }
}
