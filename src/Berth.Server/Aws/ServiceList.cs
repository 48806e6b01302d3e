using Berth.Vocabulary;

namespace Berth.Server.Aws;

/// <summary>What a request asks for: a service and an operation, as far as there are such.</summary>
/// <param name="Protocol">How the answer is written, whatever it is.</param>
/// <param name="Service">The service, or null when none is meant that is spoken here.</param>
/// <param name="Asked">The operation's name as the request has it.</param>
/// <param name="Version">The API version of a Query request.</param>
internal sealed record Route(Protocol Protocol, Service? Service, string Asked, string? Version = null)
{
    /// <summary>The service and the operation; what is not built is the fault <see cref="OperationUnknown"/>.</summary>
    public (Service Service, Operation Operation) Get() =>
        Service?.Find(Asked) is { } operation ? (Service, operation) : throw new OperationUnknown(Asked, Version).AsException();
}

/// <summary>Every service that is spoken, and which of them a request means.</summary>
/// <param name="services">The services, each with its own target prefix or API version.</param>
internal sealed class ServiceList(params Service[] services)
{
    private static readonly Json11 NoJsonService = new("");
    private static readonly Query NoQueryService = new("", "http://webservices.amazon.com/AWSFault/2005-15-09");

    /// <summary>The services.</summary>
    public IReadOnlyList<Service> All => services;

    /// <summary>How to answer a request of which only the headers could be read.</summary>
    public static Protocol ProtocolOf(HttpRequest http) =>
        http.Headers.ContainsKey(Json11.TargetHeader) ? NoJsonService : NoQueryService;

    /// <summary>What a request asks for.</summary>
    public Route Find(AwsRequest request) => request.Target is { } target ? FindTarget(target) : FindAction(request);

    /// <summary>The operation that such a request is read for; every operation has a record of its own.</summary>
    public (Service Service, Operation Operation) FindByRequest(Type request) =>
        services.Select(service => (service, service.FindByRequest(request))).First(found => found.Item2 is not null)!;

    private Route FindTarget(string target)
    {
        var dot = target.LastIndexOf('.');
        var (prefix, name) = dot < 0 ? ("", target) : (target[..dot], target[(dot + 1)..]);
        var service = services.FirstOrDefault(service =>
            service.Protocol is Json11 json && (string.Equals(json.TargetPrefix, prefix, StringComparison.Ordinal)
                || string.Equals(json.OtherPrefix, prefix, StringComparison.Ordinal)));
        return new(service?.Protocol ?? NoJsonService, service, name);
    }

    private Route FindAction(AwsRequest request)
    {
        var name = request.Form.TryGetValue("Action", out var action) ? action.ToString() : "";
        var version = request.Form.TryGetValue("Version", out var given) ? given.ToString() : "";
        var service = services.FirstOrDefault(service =>
            string.Equals(service.Protocol.Version, version, StringComparison.Ordinal));
        return new(service?.Protocol ?? NoQueryService, service, name, version);
    }
}
