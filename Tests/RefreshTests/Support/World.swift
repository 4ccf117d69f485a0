import AWS
import Inventory
import Store
import Synchronization
import Telemetry

@testable import Refresh

/// Everything between AWS's socket and the store's file, real, with a clock of the test's.
struct World: Sendable {
    static let account = "111122223333"
    static let other = "444455556666"
    static let region = "me-south-1"

    let aws: FakeAWS
    let store: any InventoryStore
    let ledger: any RunLedger
    let engine: RefreshEngine
    let directory: AccountDirectory
    let clock: TestClock
    let log: LogRecords
    /// What the client's calls wait at.
    let gate: RequestGate

    struct Options: Sendable {
        var types: [String] = ["ec2/vpc"]
        var accounts = [World.account]
        var regions: RegionChoice = .listed([World.region])
        var workers = 8
        var attempts = 3
        var idle: Duration = .seconds(20)
        var listingTimeout: Duration = .seconds(60)
        var runTimeout: Duration = .seconds(120)
        var renewal = RenewalPolicy()
        var shrinkGuard = ShrinkGuard()
        var organization: OrganizationTarget?
        /// Stands between the engine and the real store.
        var wrap: @Sendable (any InventoryStore) -> any InventoryStore = { $0 }
        var wrapLedger: @Sendable (any RunLedger) -> any RunLedger = { $0 }
        var refusedAccounts: Set<String> = []
        /// The start of the machine.
        var boot = "first"
        /// Where the databases are; `nil` for a directory of the test's own.
        var path: String?
        /// An AWS that outlives this world.
        var aws: FakeAWS?
        var logLevel = LogLevel.debug
        /// Instead of real HTTP.
        var sender: (any HTTPSender)?
        var clock = TestClock()
        /// Instead of the built-in one.
        var catalogue: Catalogue?
        /// Instead of static keys.
        var credentials:
            (@Sendable (_ account: String, _ aws: FakeAWS, _ sender: any HTTPSender) -> any CredentialsProvider)?
        var whenIdle: @Sendable () -> Void = {}

        init() {}

        var settings: RefreshSettings {
            var settings = RefreshSettings(
                workers: workers, regions: regions, types: types,
                accounts: accounts.map {
                    AccountTarget(id: $0, roleARN: "arn:aws:iam::\($0):role/Read", sessionName: "test")
                },
                organization: organization, homeRegion: "us-east-1", listingTimeout: listingTimeout,
                runTimeout: runTimeout)
            settings.renewal = renewal
            settings.shrinkGuard = shrinkGuard
            return settings
        }
    }

    static let catalogue = Result { () throws -> Catalogue in try Catalogue.builtIn() }

    static func with(_ options: Options = Options(), _ body: (World) async throws -> Void) async throws {
        try await TemporaryDirectory.with { temporary in
            let path = options.path ?? temporary
            let aws = try options.aws ?? FakeAWS()
            let clock = options.clock
            let log = LogRecords()
            let store = SQLiteStore(path: path + "/inventory.db", now: { clock.now })
            try await store.prepare()
            let ledger = StateDatabase(directory: path, boot: options.boot)
            try await ledger.prepare()
            let transport = try HTTPTransport(TransportOptions(connections: 128))
            var timeouts = HTTPTimeouts()
            timeouts.idle = options.idle
            let gate = RequestGate(width: options.workers)
            let client = AWSClient(
                sender: options.sender ?? transport, environment: ["AWS_ENDPOINT_URL": aws.url],
                gate: gate, policy: RetryPolicy(maximumAttempts: options.attempts),
                timeouts: timeouts,
                clock: ClientClock(now: { clock.now }, sleep: { _ in try Task.checkCancellation() }, random: { 0.5 }))
            let catalogue = try options.catalogue ?? World.catalogue.get()
            let refused = options.refusedAccounts
            let directory = AccountDirectory(
                catalogue: catalogue, client: client, base: Self.credentials("000000000000"),
                settings: options.settings,
                assume: { target, role throws(CredentialsError) in
                    let account = String(role.split(separator: ":")[3])
                    guard !refused.contains(account) else {
                        throw CredentialsError(kind: .badConfiguration, message: "no way in")
                    }
                    return options.credentials?(account, aws, transport) ?? Self.credentials(account)
                }, now: { clock.now })
            let wrapped = options.wrap(store)
            let wrappedLedger = options.wrapLedger(ledger)
            let engine = RefreshEngine(
                EngineDependencies(
                    catalogue: catalogue, client: client, accounts: directory, store: wrapped, ledger: wrappedLedger,
                    logger: Logger(sink: log, level: options.logLevel), now: { clock.now }, random: { clock.next() },
                    whenIdle: options.whenIdle),
                settings: options.settings)
            let world = World(
                aws: aws, store: wrapped, ledger: wrappedLedger, engine: engine, directory: directory, clock: clock,
                log: log, gate: gate)
            do {
                try await body(world)
            } catch {
                await world.close(transport, store, ledger, keepsAWS: options.aws != nil)
                throw error
            }
            await world.close(transport, store, ledger, keepsAWS: options.aws != nil)
        }
    }

    private func close(
        _ transport: HTTPTransport, _ store: SQLiteStore, _ ledger: StateDatabase, keepsAWS: Bool
    ) async {
        await engine.stop(within: .zero)
        if !keepsAWS { aws.stop() }
        transport.close()
        await store.close()
        await ledger.close()
    }

    static func credentials(_ account: String) -> StaticCredentials {
        StaticCredentials(Credentials(accessKeyID: "AKID" + account, secretAccessKey: "secret"))
    }

    /// Runs a refresh to its end.
    @discardableResult
    func refresh(_ request: RefreshRequest = RefreshRequest()) async throws -> RunRecord {
        try await engine.submit(request, trigger: .once).run.finished()
    }

    /// Every listing of the run, ended or not.
    func planned(_ run: RunRecord) async throws -> [PlannedListing] {
        var listings: [PlannedListing] = []
        try await ledger.forEachResult(run: run.id) { listings.append($0) }
        return listings
    }

    func results(_ run: RunRecord) async throws -> [ListingResult] {
        try await planned(run).compactMap(\.result)
    }

    func result(_ run: RunRecord, _ type: String, account: String = World.account) async throws -> ListingResult? {
        try await results(run).first { $0.listing.type == type && $0.listing.scope.account == account }
    }

    /// Live rows, by account and key.
    func rows(type: String? = nil, account: String = World.account) async throws -> [String: ResourceRecord] {
        var filter = ResourceFilter()
        filter.type = type
        filter.account = account
        var rows: [String: ResourceRecord] = [:]
        var cursor: String?
        repeat {
            let page = try await store.list(filter, after: cursor, limit: 100)
            for record in page.records { rows[record.id] = record }
            cursor = page.cursor
        } while cursor != nil
        return rows
    }
}

/// A wall clock that moves when told, and numbers that never repeat.
final class TestClock: Sendable {
    private let state = Mutex((now: 1_800_000_000, count: UInt64(0)))

    var now: Int { state.withLock { $0.now } }
    func advance(_ seconds: Int) { state.withLock { $0.now += seconds } }
    func next() -> UInt64 {
        state.withLock { state in
            state.count += 1
            return state.count
        }
    }
}

/// Keeps what was logged.
final class LogRecords: LogSink {
    private let kept = Mutex<[LogRecord]>([])

    func write(_ record: LogRecord) { kept.withLock { $0.append(record) } }
    var all: [LogRecord] { kept.withLock { $0 } }
}
