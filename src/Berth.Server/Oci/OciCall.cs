using System.Text.Json;
using Berth.Identity;
using Berth.Server.Gate;
using Berth.Server.Gate.Recording;
using Berth.Vocabulary;
using Microsoft.AspNetCore.Http.Features;

namespace Berth.Server.Oci;

/// <summary>One authenticated request, its path read as what it means.</summary>
internal sealed class OciCall(HttpContext http, OciMatch match, RegistryId registry, Permit permit)
{
    private readonly RepositoryId? repository = match.Name is null ? null : new(registry, RepositoryName.Parse(match.Name));

    /// <summary>What is recorded of it; null where nothing is.</summary>
    public CallRecord? Record { get; init; }

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

    /// <summary>What stands for the placeholder of the route: some clients encode the colon of a digest.</summary>
    public string Variable => Uri.UnescapeDataString(match.Variable ?? "");

    /// <summary>Has the trail record what is asked, as the endpoint describes it.</summary>
    public void Describe(OciEndpoint endpoint)
    {
        if (Record is not null)
        {
            Record.Parameters = Members(json => endpoint.Describe(this, json));
            Record.Concern(match.Name is null ? "" : Repository.Arn);
        }
    }

    /// <summary>Has the trail record what came back, with the members of the operation's answer besides registry and repository.</summary>
    public void Answered(Action<Utf8JsonWriter> write)
    {
        if (Record is not null)
        {
            Record.Answer = Members(write);
        }
    }

    /// <summary>Writes registry and repository, and what follows them.</summary>
    public Action<Utf8JsonWriter> Members(Action<Utf8JsonWriter> write) => json =>
    {
        json.WriteStartObject();
        json.WriteString("registryId"u8, registry.Account.ToString());
        if (match.Name is not null)
        {
            json.WriteString("repositoryName"u8, match.Name);
        }

        write(json);
        json.WriteEndObject();
    };

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
