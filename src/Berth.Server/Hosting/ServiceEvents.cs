using System.Text.Json;
using Berth.Creation;
using Berth.Lifecycle;
using Berth.Registry;
using Berth.Trail;

namespace Berth.Server.Hosting;

/// <summary>What the registry does of itself, as the trail tells it (ECR user guide, "Logging Amazon ECR actions with AWS CloudTrail").</summary>
internal static class ServiceEvents
{
    /// <summary>Some images that a run of a lifecycle policy took, or could not take.</summary>
    public static ServiceEvent Of(LifecycleRunRecord run) =>
        ServiceEvent.Of(run.Repository, LifecycleEvent.OfRun, JsonElement.Parse(LifecycleEvent.DetailsOf(run)));

    /// <summary>Some images that a lifecycle policy would take, as a preview found.</summary>
    public static ServiceEvent OfPreview(LifecycleRunRecord preview) =>
        ServiceEvent.Of(preview.Repository, LifecycleEvent.OfPreview, JsonElement.Parse(LifecycleEvent.DetailsOf(preview)));

    /// <summary>A repository that a push made, as the call that would have made it is named.</summary>
    public static ServiceEvent Of(ImplicitlyCreated made) =>
        ServiceEvent.Of(
            made.Repository,
            "CreateRepository",
            new { RepositoryName = made.Repository.Name.ToString(), AppliedFor = made.Occasion.Wire(), TemplatePrefix = made.Template }) with
        {
            IsReadOnly = false,
        };

    /// <summary>An image that has come back out of the archive.</summary>
    public static ServiceEvent Of(ImageActivated image) => ServiceEvent.Of(
        image.Repository,
        "ImageActivationEvent",
        new
        {
            RepositoryName = image.Repository.Name.ToString(),
            ImageDigest = image.Digest.ToString(),
            image.TargetStorageClass,
            image.Result,
            image.ImageStatus,
        });
}
