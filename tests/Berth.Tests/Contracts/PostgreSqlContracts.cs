using Berth.Tests.Engines;

namespace Berth.Tests.Contracts;

public sealed class PostgreSqlDatabaseTests(PostgreSqlServer server) : DatabaseContract(new PostgreSqlTestDatabase(server));

public sealed class PostgreSqlJobTests(PostgreSqlServer server) : JobsContract(new PostgreSqlTestDatabase(server));
