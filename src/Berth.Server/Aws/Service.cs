namespace Berth.Server.Aws;

/// <summary>An AWS service: its table of contents, and the protocol it is spoken in.</summary>
/// <param name="name">The prefix of its IAM actions, and the name its requests are signed for.</param>
/// <param name="protocol">How requests and answers are written.</param>
internal sealed class Service(string name, Protocol protocol)
{
    private readonly Dictionary<string, Lazy<Operation>> operations = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, string> byRequest = [];

    /// <summary>The prefix of its IAM actions, and the name its requests are signed for.</summary>
    public string Name => name;

    /// <summary>How requests and answers are written.</summary>
    public Protocol Protocol => protocol;

    /// <summary>Every operation that is built, made if it was not yet.</summary>
    public IEnumerable<Operation> Operations => operations.Values.Select(operation => operation.Value);

    /// <summary>Lists an operation. It is made at its first call, so that a long list costs nothing at start.</summary>
    public Service Add<T>(Func<T> make)
        where T : Operation
    {
        operations.Add(typeof(T).Name, new(make));
        byRequest[RequestOf(typeof(T))] = typeof(T).Name;
        return this;
    }

    /// <summary>The operation of that name, or null when it is not built.</summary>
    public Operation? Find(string operation) => operations.GetValueOrDefault(operation)?.Value;

    /// <summary>The operation that such a request is read for, or null when it is none of this service's.</summary>
    public Operation? FindByRequest(Type request) => byRequest.TryGetValue(request, out var name) ? Find(name) : null;

    /// <summary>The IAM action a call of the operation needs.</summary>
    public string ActionOf(Operation operation) => $"{name}:{operation.Action}";

    private static Type RequestOf(Type operation)
    {
        var type = operation;
        while (type is not { IsGenericType: true } || type.GetGenericTypeDefinition() != typeof(Operation<,>))
        {
            type = type.BaseType!;
        }

        return type.GetGenericArguments()[0];
    }
}
