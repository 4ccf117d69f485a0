import AWS
import Glibc
import Inventory
import Refresh
import Store
import Telemetry

/// Everything the daemon is made of, built from a configuration. `close` undoes it in the opposite order.
struct Components: Sendable {
    let logger: Logger
    let transport: HTTPTransport
    let store: any InventoryStore & ChangeLog
    let storeLocation: (type: String, location: String)
    let ledger: StateDatabase
    let accounts: AccountDirectory
    /// The collector's own credentials.
    let credentials: DefaultCredentialsChain
    let endpoints: EndpointProbe
    let engine: RefreshEngine
    let catalogue: Catalogue
    let homeRegion: String
    let rates: RateKeeper
    /// What could not be opened yet: `LateStart` goes on with it.
    let missing: Missing

    static let now: @Sendable () -> Int = { time(nil) }

    /// What a start may go on without, because it may come by itself.
    struct Missing: Sendable {
        var ledger = false
        var store = false
    }

    /// Why the daemon cannot start: what, where and what to do.
    struct Failure: Error, CustomStringConvertible {
        var description: String
        /// The exit code that tells it.
        var exit = Program.Exit.failure

        init(description: String, exit: Int32 = Program.Exit.failure) {
            self.description = description
            self.exit = exit
        }

        /// A file of ours that is refused (its mode, a newer schema) is refused at every start: an exit code of its own
        /// keeps the service manager from trying again.
        init(localStore error: StoreError, _ what: String) {
            description = "\(what) cannot be used: \(StoreProblem.text(error))"
            if case .refused = error { exit = Program.Exit.permission }
        }
    }

    /// - Parameters:
    ///   - waitsForStore: goes on without what cannot be opened yet.
    ///   - whenIdle: called when the last run under way has ended.
    init(
        _ configuration: CollectorConfiguration, environment: [String: String], logger: Logger,
        waitsForStore: Bool = false, whenIdle: @escaping @Sendable () -> Void = {}
    ) async throws(Failure) {
        self.logger = logger
        catalogue = try Self.catalogue(configuration, logger)
        let home = environment["HOME"] ?? ""
        let profile = try Self.profile(environment, home: home)
        let homeRegion = profile.region ?? "us-east-1"
        self.homeRegion = homeRegion
        transport = try Self.transport(configuration, environment)
        let base = DefaultCredentialsChain(environment: environment, home: home, sender: transport)
        credentials = base
        endpoints = EndpointProbe(sender: transport, environment: environment)
        ledger = StateDatabase(directory: configuration.collector.stateDirectory)
        rates = RateKeeper(share: configuration.collector.apiShare, ledger: ledger, logger: logger)
        let clients = Clients(
            configuration, environment: environment, transport: transport, rates: rates.table)
        let sts = SecurityTokenService(
            sender: transport, region: environment["AWS_REGION"] ?? profile.region,
            endpointURL: environment["AWS_ENDPOINT_URL_STS"] ?? environment["AWS_ENDPOINT_URL"]
                ?? profile.endpointURL(serviceID: "STS"))
        let assume: @Sendable (AccountTarget, String) throws(CredentialsError) -> any CredentialsProvider = {
            target, role throws(CredentialsError) in
            let request = try AssumeRoleRequest(
                roleARN: role, externalID: target.externalID, sessionName: target.sessionName)
            return RefreshingCredentials.assumingRole(request, base: base, service: sts)
        }
        (store, storeLocation) = try Self.store(
            configuration, catalogue, clients.store, base, assume, homeRegion: homeRegion)
        let settings = RefreshSettings(configuration, homeRegion: homeRegion, index: catalogue.index)
        accounts = AccountDirectory(
            catalogue: catalogue, client: clients.collector.calling(.onDemand), base: base, settings: settings,
            assume: assume,
            now: Self.now)
        engine = RefreshEngine(
            EngineDependencies(
                catalogue: catalogue, client: clients.collector, accounts: accounts, store: store, ledger: ledger,
                logger: logger, now: Self.now, random: { UInt64.random(in: 0...UInt64.max) },
                whenIdle: whenIdle),
            settings: settings)
        missing = try await Self.open(
            ledger, store, configuration, LateStart(conditions: engine.conditions), waits: waitsForStore)
        if !missing.ledger { await rates.load() }
    }

    func close() async {
        await rates.save()
        await store.close()
        await ledger.close()
        transport.close()
    }

    // MARK: Steps

    private static func profile(
        _ environment: [String: String], home: String
    ) throws(Failure) -> SharedConfiguration {
        do throws(CredentialsError) {
            return try SharedConfiguration.load(environment: environment, home: home)
        } catch {
            throw Failure(description: "the AWS configuration cannot be read: \(error)", exit: Program.Exit.credentials)
        }
    }

    private static func catalogue(
        _ configuration: CollectorConfiguration, _ logger: Logger
    ) throws(Failure) -> Catalogue {
        do throws(CatalogueError) {
            let builtIn = try Catalogue.builtIn()
            let (catalogue, problems) = builtIn.overridden(by: configuration.collector.catalogueDirectory)
            for problem in problems { logger.warning("the catalogue entry is not used: \(problem)") }
            return catalogue
        } catch {
            throw Failure(description: "the catalogue cannot be read: \(error)")
        }
    }

    private static func transport(
        _ configuration: CollectorConfiguration, _ environment: [String: String]
    ) throws(Failure) -> HTTPTransport {
        do throws(HTTPError) {
            // Every worker may read a page and write a batch at the same time.
            let options = TransportOptions(
                connections: configuration.collector.workers * 2 + 32,
                certificateBundle: environment["AWS_CA_BUNDLE"])
            return try HTTPTransport(options)
        } catch {
            throw Failure(description: "HTTP cannot be set up: \(error)")
        }
    }

    /// Opens the ledger and the store.
    ///
    /// - Parameter waits: goes on without one that may come by itself, instead of failing.
    private static func open(
        _ ledger: StateDatabase, _ store: any InventoryStore, _ configuration: CollectorConfiguration,
        _ start: LateStart, waits: Bool
    ) async throws(Failure) -> Missing {
        var missing = Missing()
        do throws(StoreError) {
            let waits = waits && LateStart.isDirectory(configuration.collector.stateDirectory)
            missing.ledger = try await !start.open(.ledger, tolerant: waits) { () async throws(StoreError) in
                try await ledger.prepare()
            }
        } catch {
            throw Failure(localStore: error, "the state directory")
        }
        let isLocal = configuration.store.engine == .sqlite
        do throws(StoreError) {
            let waits = waits && (!isLocal || LateStart.isFilePlace(configuration.store.path))
            missing.store = try await !start.open(.store, tolerant: waits) { () async throws(StoreError) in
                try await store.prepare()
            }
        } catch {
            guard !isLocal else { throw Failure(localStore: error, "the store") }
            throw Failure(description: "the store cannot be used: \(StoreProblem.text(error))")
        }
        return missing
    }

    private static func store(
        _ configuration: CollectorConfiguration, _ catalogue: Catalogue, _ client: AWSClient,
        _ base: any CredentialsProvider,
        _ assume: @Sendable (AccountTarget, String) throws(CredentialsError) -> any CredentialsProvider,
        homeRegion: String
    ) throws(Failure) -> (any InventoryStore & ChangeLog, (type: String, location: String)) {
        let settings = configuration.store
        let store: any InventoryStore & ChangeLog
        let location: (type: String, location: String)
        switch settings.engine {
        case .sqlite:
            store = SQLiteStore(path: settings.path, now: now)
            location = ("sqlite", settings.path)
        case .dynamodb:
            let region = settings.region ?? homeRegion
            var credentials = base
            do {
                if let role = settings.roleARN {
                    let target = AccountTarget(id: nil, sessionName: AccountSettings.defaultSessionName)
                    credentials = try assume(target, role)
                }
                let binding = DynamoDBBinding(
                    client: client, service: try catalogue.service("dynamodb").client, credentials: credentials,
                    region: region)
                store = DynamoDBStore(
                    caller: binding,
                    options: DynamoDBOptions(
                        inventoryTable: settings.inventoryTable, metadataTable: settings.metadataTable,
                        dataFormat: settings.dataFormat == .map ? .map : .json),
                    changes: "\(configuration.collector.stateDirectory)/changes.db")
            } catch {
                throw Failure(description: "the store cannot be set up: \(error)")
            }
            location = ("dynamodb", "\(settings.inventoryTable) in \(region)")
        }
        return (store, location)
    }
}

/// The AWS clients: calls of the store do not queue behind calls of the collector.
private struct Clients {
    let collector: AWSClient
    let store: AWSClient

    /// Patient enough to get through an API's busy minutes; the SDKs' default of 3 is meant for people who wait.
    private static let attempts = 5
    /// DynamoDB writes and queries in flight; the store bounds its own writes below this.
    private static let storeWidth = 64

    init(
        _ configuration: CollectorConfiguration, environment: [String: String], transport: HTTPTransport,
        rates: RateTable
    ) {
        var timeouts = HTTPTimeouts()
        timeouts.total = configuration.collector.callTimeout
        timeouts.idle = min(timeouts.idle, configuration.collector.callTimeout)
        let policy = RetryPolicy(maximumAttempts: environment["AWS_MAX_ATTEMPTS"].flatMap { Int($0) } ?? Self.attempts)
        func client(_ width: Int, _ rates: RateTable?) -> AWSClient {
            AWSClient(
                sender: transport, environment: environment, gate: RequestGate(width: width), rates: rates,
                policy: policy, timeouts: timeouts, clock: .system)
        }
        collector = client(configuration.collector.workers, rates)
        store = client(Self.storeWidth, nil)  // the store paces its own writes
    }
}

/// Store errors for people.
enum StoreProblem {
    static func text(_ error: StoreError) -> String {
        switch error {
        case .unavailable(let text), .exhausted(let text), .refused(let text), .corrupt(let text): text
        case .unstorable(let resources): UnstorableResource.text(resources)
        case .cancelled: "cancelled"
        }
    }
}
