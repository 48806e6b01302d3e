using System.Text;
using Berth.Identity;
using Berth.Identity.Delivery;
using Berth.Identity.Entities;
using Berth.Identity.Sessions;
using Berth.Storage.Blobs;
using Berth.Vocabulary;

namespace Berth.Stacks;

/// <summary>
/// On whose behalf stacks are made. Whoever asks is sealed beside the stack, since the work may go on after a restart; a service role is
/// assumed anew for every piece of work.
/// </summary>
public sealed class StackCallers(Keyring keyring, RoleAccess roles, SessionTokens tokens, TimeProvider time)
{
    /// <summary>The service that roles must trust, and that they are passed to.</summary>
    public const string Service = "cloudformation.amazonaws.com";

    private const string Purpose = "stack-caller";
    private const string SessionName = "AWSCloudFormation";
    private const byte Version = 1;

    /// <summary>A caller, for the row of a stack.</summary>
    internal byte[] Seal(Caller caller, string stackId) => keyring.Seal(
        Purpose,
        CallerFormat.ToBytes(writer =>
        {
            writer.Write(Version);
            CallerFormat.Write(writer, caller);
        }),
        Encoding.UTF8.GetBytes(stackId));

    /// <summary>Refuses a role that does not trust CloudFormation, or that there is not. Fault: <see cref="StackRequestInvalid"/>.</summary>
    internal async Task CheckRoleAsync(string? roleArn, RegistryId home, string stackId, CancellationToken cancel)
    {
        if (roleArn is not null && await FindRoleAsync(roleArn, home, stackId, cancel) is null)
        {
            throw Unusable(roleArn);
        }
    }

    /// <summary>Whose permissions count for the work on a stack. Fault: <see cref="StackRequestInvalid"/>.</summary>
    internal async Task<Caller> OpenAsync(Stack stack, CancellationToken cancel)
    {
        if (stack.Source.RoleArn is not { } roleArn)
        {
            return Open(stack) ?? throw new StackRequestInvalid($"the caller of the stack '{stack.Name}' cannot be read").AsException();
        }

        var role = await FindRoleAsync(roleArn, stack.Home, stack.Id, cancel) ?? throw Unusable(roleArn);
        var now = time.GetUtcNow();
        return tokens.Issue(DeliveredRole.Session(role.Role, SessionName), new()
        {
            OwnerId = role.Role.Id,
            IssuedAt = now,
            ExpiresAt = now + DeliveredRole.Lifetime,
        }).Caller;
    }

    private Caller? Open(Stack stack)
    {
        if (stack.Caller is not { } bytes || !keyring.TryOpen(Purpose, bytes, Encoding.UTF8.GetBytes(stack.Id), out var plain))
        {
            return null;
        }

        using var reader = new BinaryReader(new MemoryStream(plain), Encoding.UTF8);
        return reader.ReadByte() == Version ? CallerFormat.Read(reader) : null;
    }

    private async Task<RoleRules?> FindRoleAsync(string arn, RegistryId home, string stackId, CancellationToken cancel)
    {
        var trust = new ServiceTrust(Service, stackId, home.Account.ToString(), time.GetUtcNow());
        return await roles.FindAsync(arn, cancel) is { } found && found.Role.Account == home.Account && trust.Allows(found, "sts:AssumeRole") ? found : null;
    }

    private static Exception Unusable(string arn) => new StackRequestInvalid($"Role {arn} is invalid or cannot be assumed").AsException();
}
