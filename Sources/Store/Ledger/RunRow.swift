import Inventory
import JSON

/// How a run is kept in the table `runs`.
enum RunRow {
    /// The name of the user who asked for a run; older runs have none.
    static let callerNameMigration = "ALTER TABLE runs ADD COLUMN callerName TEXT"

    /// The order that `record` expects; `number` is the key of the run's listings.
    static let columns =
        "number, id, cause, schedule, uid, request, state, startedAt, finishedAt, planned, outcomes, "
        + "resources, created, updated, deleted, unchanged, renewed, callerName"

    /// Writes the run and answers its number; a run of the same id keeps its number.
    static func write(_ run: RunRecord, to database: SQLiteDatabase) throws(SQLiteError) -> Int {
        let statement = try database.statement(
            """
            INSERT INTO runs (id, cause, schedule, uid, request, state, startedAt, finishedAt, planned, outcomes,
                resources, created, updated, deleted, unchanged, renewed, callerName)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
            ON CONFLICT (id) DO UPDATE SET cause = excluded.cause, schedule = excluded.schedule, uid = excluded.uid,
                request = excluded.request, state = excluded.state, startedAt = excluded.startedAt,
                finishedAt = excluded.finishedAt, planned = excluded.planned, outcomes = excluded.outcomes,
                resources = excluded.resources, created = excluded.created, updated = excluded.updated,
                deleted = excluded.deleted, unchanged = excluded.unchanged, renewed = excluded.renewed,
                callerName = excluded.callerName
            RETURNING number
            """)
        bind(run, to: statement)
        defer { statement.reset() }
        guard try statement.step() else { throw .corrupt("writing the run \(run.id) answered no number") }
        let number = statement.int(0)
        // The row is written when the statement has been run to its end.
        while try statement.step() {}
        return number
    }

    private static func bind(_ run: RunRecord, to statement: SQLiteStatement) {
        statement.bind(run.id, at: 1)
        let (cause, schedule, uid, name) = parts(of: run.trigger)
        statement.bind(cause, at: 2)
        statement.bind(schedule, at: 3)
        statement.bind(uid, at: 4)
        statement.bind(utf8: json(run.request), at: 5)
        statement.bind(run.state.rawValue, at: 6)
        statement.bind(run.startedAt, at: 7)
        statement.bind(run.finishedAt, at: 8)
        statement.bind(run.planned, at: 9)
        statement.bind(utf8: json(run.outcomes), at: 10)
        statement.bind(run.resources, at: 11)
        bind(run.changes, to: statement, from: 12)
        statement.bind(name, at: 17)
    }

    /// Binds the five counts to neighbouring parameters.
    static func bind(_ changes: ChangeCounts, to statement: SQLiteStatement, from index: Int32) {
        statement.bind(changes.created, at: index)
        statement.bind(changes.updated, at: index + 1)
        statement.bind(changes.deleted, at: index + 2)
        statement.bind(changes.unchanged, at: index + 3)
        statement.bind(changes.renewed, at: index + 4)
    }

    static func changes(_ row: SQLiteStatement, from column: Int32) -> ChangeCounts {
        var changes = ChangeCounts()
        changes.created = row.int(column)
        changes.updated = row.int(column + 1)
        changes.deleted = row.int(column + 2)
        changes.unchanged = row.int(column + 3)
        changes.renewed = row.int(column + 4)
        return changes
    }

    /// A run and its number.
    static func record(_ row: SQLiteStatement) throws(SQLiteError) -> (number: Int, run: RunRecord) {
        let id = row.text(1)
        guard
            let trigger = trigger(
                cause: row.text(2), schedule: row.optionalText(3), uid: row.optionalInt(4), name: row.optionalText(17)),
            let state = RunState(rawValue: row.text(6)), let request = request(row.bytes(5)),
            let outcomes = outcomes(row.bytes(10))
        else { throw .corrupt("the record of run \(id) cannot be read") }
        let run = RunRecord(
            id: id, trigger: trigger, request: request, state: state, startedAt: row.int(7),
            finishedAt: row.optionalInt(8), planned: row.int(9), outcomes: outcomes, resources: row.int(11),
            changes: changes(row, from: 12))
        return (row.int(0), run)
    }

    private static func parts(
        of trigger: RunTrigger
    ) -> (cause: String, schedule: String?, uid: Int?, name: String?) {
        switch trigger {
        case .schedule(let name): ("schedule", name, nil, nil)
        case .request(let uid, let name): ("request", nil, uid, name)
        case .once: ("once", nil, nil, nil)
        }
    }

    private static func trigger(cause: String, schedule: String?, uid: Int?, name: String?) -> RunTrigger? {
        switch cause {
        case "schedule": schedule.map { .schedule(name: $0) }
        case "request": uid.map { .request(uid: $0, name: name) }
        case "once": .once
        default: nil
        }
    }

    private static func json(_ request: RefreshRequest) -> [UInt8] {
        func list(_ names: [String]) -> JSONValue { .array(names.map(JSONValue.string)) }
        return JSONValue.compact(
            ("services", list(request.services)), ("types", list(request.types)), ("accounts", list(request.accounts)),
            ("regions", list(request.regions)), ("force", .bool(request.force))
        ).serialized
    }

    private static func request(_ bytes: [UInt8]) -> RefreshRequest? {
        guard let document = try? JSONValue.parse(bytes) else { return nil }
        var request = RefreshRequest()
        request.services = document["services"]?.strings ?? []
        request.types = document["types"]?.strings ?? []
        request.accounts = document["accounts"]?.strings ?? []
        request.regions = document["regions"]?.strings ?? []
        request.force = document["force"]?.bool ?? false
        return request
    }

    private static func json(_ outcomes: [Outcome: Int]) -> [UInt8] {
        let members = outcomes.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { JSONValue.Member($0.key.rawValue, .integer(Int64($0.value))) }
        return JSONValue.object(members).serialized
    }

    private static func outcomes(_ bytes: [UInt8]) -> [Outcome: Int]? {
        guard let members = (try? JSONValue.parse(bytes))?.members else { return nil }
        var outcomes: [Outcome: Int] = [:]
        for member in members {
            guard let outcome = Outcome(rawValue: member.key), let count = member.value.int else { return nil }
            outcomes[outcome] = count
        }
        return outcomes
    }
}
