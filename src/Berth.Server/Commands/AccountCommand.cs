using System.CommandLine;
using System.Globalization;
using Berth.Identity;
using Berth.Identity.Organizations;
using Berth.Server.Hosting;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Server.Commands;

/// <summary><c>berth account</c>: makes and lists accounts on a deployment whose server is stopped.</summary>
internal static class AccountCommand
{
    private const int LongestName = 50;
    private const int LongestEmail = 64;
    private const int PageSize = 1000;

    private static readonly Option<string> Name =
        new("--name") { Description = "What people call the account.", HelpName = "NAME", Required = true };

    private static readonly Option<string?> Email = new("--email") { Description = "Whom to ask about it.", HelpName = "MAIL" };

    private static readonly Option<string?> Id =
        new("--id") { Description = "Its id, twelve digits; by default one is made up.", HelpName = "ID" };

    public static Command Create()
    {
        var create = new Command("create", "Make an account, and print its root key as an AWS shared-credentials profile; the server must be stopped.")
        {
            Name,
            Email,
            Id,
            CommonOptions.Data,
            CommonOptions.Config,
        };
        create.SetToolAction((parsed, cancel) => CreateAsync(
            CommonOptions.Read(parsed), IdOf(parsed.GetValue(Id)), LabelOf(parsed.GetRequiredValue(Name), parsed.GetValue(Email)), cancel));
        var list = new Command("list", "Print the accounts, one a line; the server must be stopped.") { CommonOptions.Data, CommonOptions.Config };
        list.SetToolAction((parsed, cancel) => ListAsync(CommonOptions.Read(parsed), cancel));
        return new("account", "Make and list accounts.") { create, list };
    }

    private static async Task CreateAsync(BerthOptions options, AccountId? id, AccountLabel label, CancellationToken cancel)
    {
        var time = TimeProvider.System;
        await using var stores = await OpenAsync(options, "create-account", cancel);
        var keys = new AccessKeys(stores.Database, stores.Keyring, stores.IdentityChanges, time);
        var key = await new NewAccounts(stores.Database, keys, stores.Ids, time).CreateAsync(id, label, options.Region.Partition, cancel);
        await Console.Out.WriteAsync(CredentialsFile.Format(key, key.Principal.Account.ToString()));
    }

    private static async Task ListAsync(BerthOptions options, CancellationToken cancel)
    {
        await using var stores = await OpenAsync(options, "list-accounts", cancel);
        var accounts = new MemberAccounts(stores.Database);
        for (IReadOnlyList<MemberAccount>? page = null; page is not [];)
        {
            page = await accounts.ListAsync(page?[^1].Id.ToString(), PageSize, cancel);
            foreach (var (account, name, email, createdAt) in page)
            {
                await Console.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{account}  {createdAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}  {name}  {email}").TrimEnd());
            }
        }
    }

    // A running server does the same itself, for whoever has the rights.
    private static async Task<Stores> OpenAsync(BerthOptions options, string alternative, CancellationToken cancel)
    {
        try
        {
            return await Stores.OpenAsync(options, TimeProvider.System, new(), cancel);
        }
        catch (DatabaseRefusedException refused) when (refused.IsInUse)
        {
            throw new ConfigurationException(
                $"{refused.Message}; stop the server, or ask it while it runs: aws organizations {alternative}");
        }
    }

    private static AccountId? IdOf(string? text) => text is null ? null
        : AccountId.TryParse(text, out var id) ? id
        : throw new ConfigurationException($"--id is '{text}'; allowed are twelve digits");

    private static AccountLabel LabelOf(string name, string? email) =>
        !IsPrinted(name, LongestName) ? throw new ConfigurationException($"--name is '{name}'; allowed are 1 to {LongestName} printed characters of ASCII")
        : email is not null && (!IsPrinted(email, LongestEmail) || !email.Contains('@', StringComparison.Ordinal))
            ? throw new ConfigurationException($"--email is '{email}'; allowed are addresses of at most {LongestEmail} characters")
        : new(name, email);

    private static bool IsPrinted(string text, int longest) =>
        text.Length > 0 && text.Length <= longest && !text.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
