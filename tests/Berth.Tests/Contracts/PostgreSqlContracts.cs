using Berth.Tests.Engines;
using Berth.Tests.Identity;

namespace Berth.Tests.Contracts;

public sealed class PostgreSqlDatabaseTests(PostgreSqlServer server) : DatabaseContract(new PostgreSqlTestDatabase(server));

public sealed class PostgreSqlJobTests(PostgreSqlServer server) : JobsContract(new PostgreSqlTestDatabase(server));

public sealed class PostgreSqlPeopleTests(PostgreSqlServer server) : PeopleContract(new PostgreSqlTestDatabase(server));
