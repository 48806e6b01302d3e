using Berth.Identity;
using Berth.Server.Gate;
using Berth.Vocabulary;
using Microsoft.AspNetCore.Http.Features;

namespace Berth.Server.Oci;

/// <summary>One authenticated request, its path read as what it means.</summary>
internal sealed class OciCall(HttpContext http, OciMatch match, RegistryId registry, Permit permit)
{
    private readonly RepositoryId? repository = match.Name is null ? null : new(registry, RepositoryName.Parse(match.Name));

    /// <summary>The request and its answer.</summary>
    public HttpContext Http => http;

    /// <summary>The request.</summary>
    public HttpRequest Request => http.Request;

    /// <summary>The answer.</summary>
    public HttpResponse Response => http.Response;

    /// <summary>Who sent it.</summary>
    public Caller Caller => permit.Caller;

    /// <summary>The registry that the host name means.</summary>
    public RegistryId Registry => registry;

    /// <summary>The repository that the path names.</summary>
    public RepositoryId Repository => repository ?? throw new InvalidOperationException($"'{match.Route.Tail}' names no repository");

    /// <summary>The digest in the path. Fault: <see cref="DigestInvalid"/>.</summary>
    public Digest Digest => Digest.Parse(Variable);

    /// <summary>The tag or digest in the path. Faults: <see cref="DigestInvalid"/>, <see cref="TagInvalid"/>.</summary>
    public Reference Reference => Reference.Parse(Variable);

    /// <summary>The upload session in the path; text that can be none is the fault <see cref="UploadNotFound"/>.</summary>
    public UploadId Upload =>
        UploadId.TryParse(Variable, out var id) ? id : throw new UploadNotFound(Repository, Variable).AsException();

    /// <summary>Whether the request carries a body, of whatever length.</summary>
    public bool HasBody =>
        Request.ContentLength is not 0 && http.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody;

    // Some clients encode the colon of a digest.
    private string Variable => Uri.UnescapeDataString(match.Variable ?? "");

    /// <summary>A query parameter's value; null when it is absent or empty.</summary>
    public string? Query(string name) => Request.Query[name] is [{ Length: > 0 } value, ..] ? value : null;

    /// <summary>Returns when the caller may do a further operation on the path's repository; otherwise the fault is <see cref="AccessDenied"/>.</summary>
    public ValueTask AuthorizeAsync(string operation, CancellationToken cancel) =>
        AuthorizeAsync(operation, Repository.Arn, cancel);

    /// <summary>Returns when the caller may do an operation on a resource; otherwise the fault is <see cref="AccessDenied"/>.</summary>
    public ValueTask AuthorizeAsync(string operation, string resource, CancellationToken cancel) =>
        permit.AuthorizeAsync($"ecr:{operation}", resource, cancel);

    /// <summary>Whether the caller may do an operation on a resource that the request can do without.</summary>
    public ValueTask<bool> MayAsync(string operation, string resource, CancellationToken cancel) =>
        permit.MayAsync($"ecr:{operation}", resource, cancel);

    /// <summary>Begins a push that was authorized as an operation; a missing repository is made where one is to be made on push.</summary>
    public Task BeginPushAsync(CreateOnPush onPush, string operation, Func<Task> begin, CancellationToken cancel) => onPush.RunAsync(
        permit.To($"ecr:{operation}", Repository.Arn),
        Repository,
        async () =>
        {
            await begin();
            return true;
        },
        cancel);

    /// <summary>An absolute URL in the path's repository, by the name that the client itself used.</summary>
    public string UrlInRepository(string path) => $"{Request.Scheme}://{Request.Host}/v2/{Repository.Name}/{path}";
}
