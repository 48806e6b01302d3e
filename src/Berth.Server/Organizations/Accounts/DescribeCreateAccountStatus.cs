using Berth.Identity.Organizations;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Organizations.Shapes;

namespace Berth.Server.Organizations.Accounts;

/// <summary>Tells what became of a request for an account.</summary>
internal sealed class DescribeCreateAccountStatus(AccountCreations creations, Organization organization)
    : Operation<DescribeCreateAccountStatus.Request, DescribeCreateAccountStatus.Response>
{
    public sealed record Request
    {
        [Length(0, 36), Pattern("^car-[a-z0-9]{8,32}$")]
        public required string CreateAccountRequestId { get; init; }
    }

    public sealed record Response(CreationStatus CreateAccountStatus);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => organization.Arn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        new(CreationStatus.Of(await creations.GetAsync(request.CreateAccountRequestId, cancel)));
}
