using Berth.Storage.Rows;
using Berth.Tests.Engines;

namespace Berth.Tests.Contracts;

public sealed class SqliteDatabaseTests : DatabaseContract
{
    private readonly TemporaryFolder folder = new();

    protected override Task<Dialect> DialectAsync() => Task.FromResult<Dialect>(new SqliteDialect(folder.Path));

    protected override Task DropAsync()
    {
        folder.Dispose();
        return Task.CompletedTask;
    }
}
