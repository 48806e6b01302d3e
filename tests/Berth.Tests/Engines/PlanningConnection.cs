using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Berth.Tests.Engines;

/// <summary>A connection whose queries are explained before they are run.</summary>
/// <param name="connection">Runs them.</param>
/// <param name="explained">Takes a statement and the lines of its plan.</param>
/// <param name="explain">What the database wants before a statement that it is to explain.</param>
internal sealed class PlanningConnection(DbConnection connection, Action<string, IReadOnlyList<string>> explained, string explain) : DbConnection
{
    [AllowNull]
    public override string ConnectionString
    {
        get => connection.ConnectionString;
        set => connection.ConnectionString = value;
    }

    public override string Database => connection.Database;

    public override string DataSource => connection.DataSource;

    public override string ServerVersion => connection.ServerVersion;

    public override ConnectionState State => connection.State;

    public override void ChangeDatabase(string databaseName) => connection.ChangeDatabase(databaseName);

    public override void Open() => connection.Open();

    public override void Close() => connection.Close();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => connection.BeginTransaction(isolationLevel);

    protected override DbCommand CreateDbCommand() => new Command(connection.CreateCommand(), explained, explain);

    private sealed class Command(DbCommand command, Action<string, IReadOnlyList<string>> explained, string explain) : DbCommand
    {
        [AllowNull]
        public override string CommandText
        {
            get => command.CommandText;
            set => command.CommandText = value;
        }

        public override int CommandTimeout
        {
            get => command.CommandTimeout;
            set => command.CommandTimeout = value;
        }

        public override CommandType CommandType
        {
            get => command.CommandType;
            set => command.CommandType = value;
        }

        public override bool DesignTimeVisible
        {
            get => command.DesignTimeVisible;
            set => command.DesignTimeVisible = value;
        }

        public override UpdateRowSource UpdatedRowSource
        {
            get => command.UpdatedRowSource;
            set => command.UpdatedRowSource = value;
        }

        protected override DbConnection? DbConnection
        {
            get => command.Connection;
            set
            {
            }
        }

        protected override DbParameterCollection DbParameterCollection => command.Parameters;

        protected override DbTransaction? DbTransaction
        {
            get => command.Transaction;
            set => command.Transaction = value;
        }

        public override void Cancel() => command.Cancel();

        public override int ExecuteNonQuery() => command.ExecuteNonQuery();

        public override object? ExecuteScalar() => command.ExecuteScalar();

        public override void Prepare() => command.Prepare();

        protected override DbParameter CreateDbParameter() => command.CreateParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
        {
            Explain();
            return command.ExecuteReader(behavior);
        }

        protected override void Dispose(bool disposing)
        {
            command.Dispose();
            base.Dispose(disposing);
        }

        private void Explain()
        {
            var sql = command.CommandText;
            command.CommandText = explain + sql;
            var plan = new List<string>();
            using (var reader = command.ExecuteReader())
            {
                while (reader.Read())
                {
                    plan.Add(reader.GetString(reader.FieldCount - 1));
                }
            }

            command.CommandText = sql;
            explained(sql, plan);
        }
    }
}
