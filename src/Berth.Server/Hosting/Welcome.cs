using System.Globalization;
using System.Text;

namespace Berth.Server.Hosting;

/// <summary>What a person reads when the server is ready.</summary>
internal static class Welcome
{
    public static string Text(BerthOptions options, IReadOnlyList<Uri> addresses, RootAccount root)
    {
        var text = new StringBuilder();
        foreach (var address in addresses)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"Berth listens on {address.ToString().TrimEnd('/')}");
        }

        return (root.IsNew ? FirstSteps(text, options, addresses[0], root) : Later(text, root)).ToString();
    }

    private static StringBuilder FirstSteps(StringBuilder text, BerthOptions options, Uri address, RootAccount root)
    {
        var host = string.Create(CultureInfo.InvariantCulture, $"localhost:{address.Port}");
        var aws = $"aws --endpoint-url {address.Scheme}://{host}";
        return text.AppendLine(CultureInfo.InvariantCulture, $"""

            A root key was made for account {options.AccountId} and written to {root.CredentialsPath}. To use it:

              export AWS_SHARED_CREDENTIALS_FILE={root.CredentialsPath} AWS_DEFAULT_REGION={options.Region}
              {aws} ecr create-repository --repository-name hello
              {aws} ecr get-login-password | docker login --username AWS --password-stdin {host}
              docker tag IMAGE {host}/hello
              docker push {host}/hello
            """);
    }

    private static StringBuilder Later(StringBuilder text, RootAccount root) =>
        text.AppendLine(root.CredentialsPath is { } path
            ? $"The root key is in {path}"
            : "The root key is the one given by BERTH_ROOT_ACCESS_KEY_ID");
}
