import Control
import JSON

/// A daemon of samples; a test replaces what it is about.
struct ScriptedDaemon: CollectorInterface {
    typealias Refresh =
        @Sendable (RefreshParameters, ReplyStream<RefreshReply>, Bool) async throws(CollectorError)
        -> RefreshReply
    typealias Describe =
        @Sendable (DescribeRunParameters, ReplyStream<DescribeRunReply>) async throws(CollectorError)
        -> DescribeRunReply
    typealias ListPages = @Sendable (ListParameters, ReplyStream<ListReply>) async throws(CollectorError) -> ListReply

    var onRefresh: Refresh = { parameters, replies, wantsMore throws(CollectorError) in
        if let name = parameters.services?.first(where: { $0 != "ec2" && $0 != "s3" }) { throw .noSuchService(name) }
        let start = RefreshReply(run: "r1", joined: false, state: .running)
        guard wantsMore else { return start }
        try await replies.send(start)
        return RefreshReply(run: "r1", joined: false, state: .succeeded, summary: Samples.run())
    }
    var onDescribe: Describe = { parameters, _ throws(CollectorError) in
        guard parameters.run == "r1" else { throw .noSuchRun(parameters.run) }
        return DescribeRunReply(run: "r1", state: .succeeded, summary: Samples.run())
    }
    var onList: ListPages = { _, replies throws(CollectorError) in
        try await replies.send(ListReply(resources: [Samples.instance], cursor: "1"))
        return ListReply(resources: [Samples.bucket])
    }
    typealias Monitor =
        @Sendable (MonitorParameters, ReplyStream<MonitorReply>) async throws(CollectorError) -> MonitorReply
    /// The log holds 7 and 8.
    var onChanges: @Sendable (ChangesParameters) throws(CollectorError) -> ChangesReply = {
        parameters throws(CollectorError) in
        if let since = parameters.since, since < 6 { throw .changesGone(oldest: 7) }
        if let since = parameters.since, since > 8 { throw .noSuchChange(newest: 8) }
        let changes = [Samples.update, Samples.deletion].filter { $0.sequence > parameters.since ?? 0 }
        return ChangesReply(changes: changes, sequence: 8, newest: 8, keptSince: Samples.time)
    }
    var onMonitor: Monitor = { _, replies throws(CollectorError) in
        try await replies.send(MonitorReply(changes: [Samples.update, Samples.deletion], sequence: 8))
        throw .storeUnavailable("no more")
    }
    var coverageReplies = [Samples.coverage]
    var metadataUnits = [Samples.unit]
    var status = Samples.status
    var reloadErrors: [String] = []
    var policies = IAMPolicyReply(documents: [Samples.policy("inventory-member")], notes: ["a note"])
    var doctorChecks = [Samples.check(.host, .ok)]

    func refresh(
        _ parameters: RefreshParameters, _ context: CallContext, _ replies: ReplyStream<RefreshReply>
    ) async throws(CollectorError) -> RefreshReply { try await onRefresh(parameters, replies, context.wantsMore) }

    func cancel(_ parameters: CancelParameters, _ context: CallContext) async throws(CollectorError) -> CancelReply {
        switch parameters.run {
        case "r1": CancelReply(run: "r1", state: .running)
        case "ended": throw .runFinished("ended")
        default: throw .noSuchRun(parameters.run)
        }
    }

    func runs(_ parameters: RunsParameters, _ context: CallContext) async throws(CollectorError) -> RunsReply {
        RunsReply(runs: Array([Samples.run(), Samples.run(.partial, id: "r0")].prefix(parameters.limit ?? 20)))
    }

    func describeRun(
        _ parameters: DescribeRunParameters, _ context: CallContext, _ replies: ReplyStream<DescribeRunReply>
    ) async throws(CollectorError) -> DescribeRunReply { try await onDescribe(parameters, replies) }

    func status(_ parameters: StatusParameters, _ context: CallContext) async throws(CollectorError) -> StatusReply {
        status
    }

    func metadata(
        _ parameters: MetadataParameters, _ context: CallContext, _ replies: ReplyStream<MetadataReply>
    ) async throws(CollectorError) -> MetadataReply {
        let last = metadataUnits.compactMap(\.updatedAt).max()
        for unit in metadataUnits.dropLast() {
            try await replies.send(MetadataReply(lastUpdate: last, service: parameters.service, units: [unit]))
        }
        return MetadataReply(lastUpdate: last, service: parameters.service, units: Array(metadataUnits.suffix(1)))
    }

    func list(
        _ parameters: ListParameters, _ context: CallContext, _ replies: ReplyStream<ListReply>
    ) async throws(CollectorError) -> ListReply { try await onList(parameters, replies) }

    func get(_ parameters: GetParameters, _ context: CallContext) async throws(CollectorError) -> GetReply {
        guard parameters.id == "i-0" else { throw .noSuchResource(parameters.id) }
        if let at = parameters.at, at < Samples.time { throw .noHistory(since: Samples.time) }
        let changes = [Samples.update, Samples.deletion]
        return GetReply(resources: [Samples.instance], changes: parameters.history ?? false ? changes : nil)
    }

    func changes(
        _ parameters: ChangesParameters, _ context: CallContext, _ replies: ReplyStream<ChangesReply>
    ) async throws(CollectorError) -> ChangesReply { try onChanges(parameters) }

    func monitor(
        _ parameters: MonitorParameters, _ context: CallContext, _ replies: ReplyStream<MonitorReply>
    ) async throws(CollectorError) -> MonitorReply { try await onMonitor(parameters, replies) }

    func schedules(
        _ parameters: SchedulesParameters, _ context: CallContext
    ) async throws(CollectorError) -> SchedulesReply { SchedulesReply(schedules: [Samples.schedule]) }

    func coverage(
        _ parameters: CoverageParameters, _ context: CallContext, _ replies: ReplyStream<CoverageReply>
    ) async throws(CollectorError) -> CoverageReply {
        for reply in coverageReplies.dropLast() { try await replies.send(reply) }
        return coverageReplies[coverageReplies.count - 1]
    }

    func services(
        _ parameters: ServicesParameters, _ context: CallContext
    ) async throws(CollectorError) -> ServicesReply { Samples.services }

    func accounts(
        _ parameters: AccountsParameters, _ context: CallContext
    ) async throws(CollectorError) -> AccountsReply { AccountsReply(accounts: [Samples.account]) }

    func reload(_ parameters: ReloadParameters, _ context: CallContext) async throws(CollectorError) -> ReloadReply {
        guard reloadErrors.isEmpty else { throw .reloadFailed(reloadErrors) }
        return ReloadReply(warnings: ["collectord.conf:1:1: look here"])
    }

    func configuration(
        _ parameters: ConfigurationParameters, _ context: CallContext
    ) async throws(CollectorError) -> ConfigurationReply { ConfigurationReply(text: "[Collector]\nWorkers=32\n") }

    func types(
        _ parameters: TypesParameters, _ context: CallContext, _ replies: ReplyStream<TypesReply>
    ) async throws(CollectorError) -> TypesReply { Samples.types }

    func iamPolicy(
        _ parameters: IAMPolicyParameters, _ context: CallContext
    ) async throws(CollectorError) -> IAMPolicyReply { policies }

    func trustPolicy(
        _ parameters: TrustPolicyParameters, _ context: CallContext
    ) async throws(CollectorError) -> TrustPolicyReply { Samples.trust }

    func doctor(
        _ parameters: DoctorParameters, _ context: CallContext, _ replies: ReplyStream<DoctorReply>
    ) async throws(CollectorError) -> DoctorReply {
        for check in doctorChecks.dropLast() { try await replies.send(DoctorReply(checks: [check])) }
        return DoctorReply(checks: doctorChecks.suffix(1))
    }
}

/// A scripted daemon on a socket of its own.
struct RunningDaemon {
    let directory: String
    let server: ControlServer

    var path: String { "\(directory)/control" }

    static func start(_ daemon: ScriptedDaemon, path: String) throws -> ControlServer {
        let product = ProductInfo(vendor: "tests", product: "inventory-collectord", version: "1", url: "")
        let server = try ControlServer(interface: daemon, product: product)
        try server.start([try ControlListener.bind(path: path)])
        return server
    }

    /// Serves during `body`.
    static func serving<Result>(
        _ daemon: ScriptedDaemon = ScriptedDaemon(), _ body: (RunningDaemon) async throws -> Result
    ) async throws -> Result {
        try await withTemporaryDirectory { directory in
            let server = try start(daemon, path: "\(directory)/control")
            do {
                let result = try await body(RunningDaemon(directory: directory, server: server))
                await server.stop(grace: .zero)
                return result
            } catch {
                await server.stop(grace: .zero)
                throw error
            }
        }
    }

    func start(_ arguments: [String], environment: [String] = []) throws -> ProgramRun {
        try ProgramRun(["--socket", path] + arguments, in: directory, environment: environment)
    }
}

/// Runs the program against a scripted daemon.
func collectorctl(
    _ arguments: String..., daemon: ScriptedDaemon, environment: [String] = []
) async throws -> ProgramResult {
    try await collectorctl(arguments, daemon: daemon, environment: environment)
}

/// The same for arguments in a list.
func collectorctl(
    _ arguments: [String], daemon: ScriptedDaemon, environment: [String] = []
) async throws -> ProgramResult {
    try await RunningDaemon.serving(daemon) { running in
        try await running.start(arguments, environment: environment).result()
    }
}
