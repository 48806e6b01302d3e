using System.Text.Json;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>The OpenID Connect providers of accounts.</summary>
public sealed class OidcProviders(Database database, IamEntities entities)
{
    private const int MostProviders = 100;
    private const int MostClients = 100;
    private const int MostThumbprints = 5;

    /// <summary>
    /// Registers a provider. Faults: <see cref="EntityAlreadyExists"/>, <see cref="IdentityQuotaExceeded"/>,
    /// <see cref="IdentityInputInvalid"/>.
    /// </summary>
    public Task<OidcProvider> CreateAsync(AccountScope scope, NewOidcProvider asked, CancellationToken cancel)
    {
        var (clients, thumbprints) = (CheckClients([.. asked.ClientIds.Distinct(StringComparer.Ordinal)]), CheckThumbprints(asked.Thumbprints));
        return database.WriteAsync(
            async tx =>
            {
                await RefuseMoreAsync(tx, scope);
                var entity = await entities.CreateAsync(tx, new(new(scope, EntityKind.OidcProvider, asked.Url.Name)) { Tags = asked.Tags });
                await tx.ExecuteAsync(
                    "INSERT INTO iam_oidc_provider (id, url, client_ids, thumbprints) VALUES (@Id, @url, @clients, @prints)",
                    new { entity.Id, url = asked.Url.Text, clients = Write(clients), prints = Write(thumbprints) });
                return new OidcProvider(entity, asked.Url, clients, thumbprints);
            },
            cancel);
    }

    /// <summary>The provider of that ARN, or the fault <see cref="IdentityNotFound"/>.</summary>
    public Task<OidcProvider> GetAsync(AccountId account, string arn, CancellationToken cancel) =>
        database.ReadAsync(rows => GetAsync(rows, account, arn), cancel);

    /// <summary>The provider whose tokens name that issuer, letter for letter; null when the account has none.</summary>
    public Task<OidcProvider?> FindAsync(AccountId account, string issuer, CancellationToken cancel) =>
        database.ReadAsync(rows => FindAsync(rows, account, issuer), cancel);

    /// <summary>See <see cref="FindAsync(AccountId, string, CancellationToken)"/>.</summary>
    internal static async Task<OidcProvider?> FindAsync(RowReader rows, AccountId account, string issuer) =>
        await rows.FindAsync<Row>(
            $"{Row.Select} WHERE e.account = @account AND e.kind = @kind AND o.url = @issuer",
            new { account = account.ToString(), kind = EntityKind.OidcProvider.Name, issuer }) is { } row
                ? await OpenAsync(rows, row)
                : null;

    /// <summary>Changes the audiences. Faults: <see cref="IdentityNotFound"/>, <see cref="IdentityQuotaExceeded"/>.</summary>
    public Task ChangeClientsAsync(
        AccountId account, string arn, Func<IReadOnlyList<string>, IReadOnlyList<string>> change, CancellationToken cancel) =>
        database.WriteAsync(
            async tx =>
            {
                var provider = await GetAsync(tx, account, arn);
                await tx.ExecuteAsync(
                    "UPDATE iam_oidc_provider SET client_ids = @clients WHERE id = @Id",
                    new { clients = Write(CheckClients(change(provider.ClientIds))), provider.Entity.Id });
            },
            cancel);

    /// <summary>Replaces the thumbprints. Faults: <see cref="IdentityNotFound"/>, <see cref="IdentityInputInvalid"/>.</summary>
    public Task ReplaceThumbprintsAsync(AccountId account, string arn, IReadOnlyList<string> thumbprints, CancellationToken cancel) =>
        database.WriteAsync(
            async tx => await tx.ExecuteAsync(
                "UPDATE iam_oidc_provider SET thumbprints = @prints WHERE id = @Id",
                new { prints = Write(CheckThumbprints(thumbprints)), (await GetAsync(tx, account, arn)).Entity.Id }),
            cancel);

    /// <summary>Forgets a provider; one that is not there is passed over, as IAM does.</summary>
    public Task DeleteAsync(AccountId account, string arn, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            if (await FindByArnAsync(tx, account, arn) is { } provider)
            {
                await tx.ExecuteAsync("DELETE FROM iam_oidc_provider WHERE id = @Id", new { provider.Id });
                await entities.DeleteAsync(tx, provider.Id);
            }
        },
        cancel);

    private static async Task RefuseMoreAsync(Transaction tx, AccountScope scope)
    {
        var count = await tx.FindAsync<long>(
            "SELECT COUNT(*) FROM iam_entity WHERE account = @account AND kind = @kind",
            new { account = scope.Account.ToString(), kind = EntityKind.OidcProvider.Name });
        if (count >= MostProviders)
        {
            throw new IdentityQuotaExceeded("OpenIDConnectProvidersPerAccount", MostProviders).AsException();
        }
    }

    private static async Task<OidcProvider> GetAsync(RowReader rows, AccountId account, string arn) =>
        await FindByArnAsync(rows, account, arn) is { } row
            ? await OpenAsync(rows, row)
            : throw new IdentityNotFound($"OpenIDConnect Provider not found for arn {arn}").AsException();

    private static async Task<Row?> FindByArnAsync(RowReader rows, AccountId account, string arn) => await rows.FindAsync<Row>(
        $"{Row.Select} WHERE e.arn = @arn AND e.account = @account", new { arn, account = account.ToString() });

    private static async Task<OidcProvider> OpenAsync(RowReader rows, Row row) => new(
        (await EntityRow.FindByIdAsync(rows, row.Id))!, OidcUrl.Parse(row.Url), Read(row.ClientIds), Read(row.Thumbprints));

    private static IReadOnlyList<string> CheckClients(IReadOnlyList<string> clients) => clients.Count <= MostClients
        ? clients
        : throw new IdentityQuotaExceeded("ClientIdsPerOpenIdConnectProvider", MostClients).AsException();

    private static IReadOnlyList<string> CheckThumbprints(IReadOnlyList<string> thumbprints) =>
        thumbprints.Count > MostThumbprints
            ? throw new IdentityInputInvalid($"Thumbprint list must contain at most {MostThumbprints} entries.").AsException()
            : thumbprints.FirstOrDefault(text => !text.All(char.IsAsciiHexDigit)) is { } wrong
                ? throw new IdentityInputInvalid($"the thumbprint '{wrong}' is not 40 hexadecimal digits").AsException()
                : [.. thumbprints.Select(text => text.ToLowerInvariant())];

    private static string Write(IReadOnlyList<string> texts) => JsonSerializer.Serialize(texts);

    private static string[] Read(string json) => JsonSerializer.Deserialize<string[]>(json)!;

    private sealed record Row
    {
        public const string Select =
            "SELECT o.id, o.url, o.client_ids, o.thumbprints FROM iam_oidc_provider o JOIN iam_entity e ON e.id = o.id";

        public string Id { get; init; } = "";

        public string Url { get; init; } = "";

        public string ClientIds { get; init; } = "";

        public string Thumbprints { get; init; } = "";
    }
}

/// <summary>What is asked for when a provider is registered.</summary>
/// <param name="Url">How its tokens name it.</param>
public sealed record NewOidcProvider(OidcUrl Url)
{
    /// <summary>The audiences it may issue tokens for.</summary>
    public IReadOnlyList<string> ClientIds { get; init; } = [];

    /// <summary>See <see cref="OidcProvider.Thumbprints"/>.</summary>
    public IReadOnlyList<string> Thumbprints { get; init; } = [];

    /// <summary>Its first tags.</summary>
    public IReadOnlyList<EntityTag> Tags { get; init; } = [];
}
