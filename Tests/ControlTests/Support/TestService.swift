import JSON

@testable import Control

/// A daemon of samples, whose longer methods a test can replace.
struct TestService: CollectorInterface {
    var onRefresh:
        @Sendable (RefreshParameters, CallContext, ReplyStream<RefreshReply>) async throws(CollectorError) ->
            RefreshReply = TestService.refreshInThreeSteps
    var onList:
        @Sendable (ListParameters, CallContext, ReplyStream<ListReply>) async throws(CollectorError) -> ListReply = {
            _, _, _ in ListReply(resources: [Samples.resource])
        }
    var onGet: @Sendable (GetParameters) async throws(CollectorError) -> GetReply = {
        parameters throws(CollectorError) in
        guard parameters.id == "i-0" else { throw .noSuchResource(parameters.id) }
        return GetReply(resources: [Samples.resource])
    }

    /// Knows no resource, and tells so of the one called `slow` when the gate opens.
    static func slow(until gate: Gate) -> TestService {
        var service = TestService()
        service.onGet = { parameters throws(CollectorError) in
            if parameters.id == "slow" { await gate.wait() }
            throw .noSuchResource(parameters.id)
        }
        return service
    }

    static let refreshInThreeSteps:
        @Sendable (RefreshParameters, CallContext, ReplyStream<RefreshReply>) async throws(CollectorError) ->
            RefreshReply = { parameters, context, replies throws(CollectorError) in
                if let unknown = parameters.services?.first(where: { $0 != "ec2" }) { throw .noSuchService(unknown) }
                var reply = RefreshReply(run: "r1", joined: false, state: .running)
                guard context.wantsMore else { return reply }
                try await replies.send(reply)
                reply.progress = Samples.progress
                try await replies.send(reply)
                return RefreshReply(run: "r1", joined: false, state: .partial, summary: Samples.summary)
            }

    func refresh(
        _ parameters: RefreshParameters, _ context: CallContext, _ replies: ReplyStream<RefreshReply>
    ) async throws(CollectorError) -> RefreshReply { try await onRefresh(parameters, context, replies) }

    func cancel(_ parameters: CancelParameters, _ context: CallContext) async throws(CollectorError) -> CancelReply {
        if context.uid != 0 { throw .permissionDenied }
        return CancelReply(run: parameters.run, state: .cancelled)
    }

    func runs(_ parameters: RunsParameters, _ context: CallContext) async throws(CollectorError) -> RunsReply {
        RunsReply(runs: Array([Samples.summary, Samples.bareSummary].prefix(parameters.limit ?? 20)))
    }

    func describeRun(
        _ parameters: DescribeRunParameters, _ context: CallContext, _ replies: ReplyStream<DescribeRunReply>
    ) async throws(CollectorError) -> DescribeRunReply {
        guard parameters.run == "r1" else { throw .noSuchRun(parameters.run) }
        return DescribeRunReply(run: "r1", state: .partial, summary: Samples.summary)
    }

    func status(_ parameters: StatusParameters, _ context: CallContext) async throws(CollectorError) -> StatusReply {
        var status = Samples.status
        status.accounts = context.uid
        return status
    }

    func metadata(
        _ parameters: MetadataParameters, _ context: CallContext, _ replies: ReplyStream<MetadataReply>
    ) async throws(CollectorError) -> MetadataReply {
        try await replies.send(MetadataReply(lastUpdate: Samples.time, units: [Samples.unit]))
        return MetadataReply(lastUpdate: Samples.time, service: parameters.service, units: [Samples.bareUnit])
    }

    func list(
        _ parameters: ListParameters, _ context: CallContext, _ replies: ReplyStream<ListReply>
    ) async throws(CollectorError) -> ListReply { try await onList(parameters, context, replies) }

    func get(_ parameters: GetParameters, _ context: CallContext) async throws(CollectorError) -> GetReply {
        try await onGet(parameters)
    }

    func changes(
        _ parameters: ChangesParameters, _ context: CallContext, _ replies: ReplyStream<ChangesReply>
    ) async throws(CollectorError) -> ChangesReply {
        guard parameters.since ?? 0 >= 5 else { throw .changesGone(oldest: 6) }
        let first = ChangesReply(changes: [Samples.change], sequence: 7, newest: 8, keptSince: Samples.time)
        guard context.wantsMore else { return first }
        try await replies.send(first)
        return ChangesReply(changes: [Samples.bareChange], sequence: 8, newest: 8, keptSince: Samples.time)
    }

    func monitor(
        _ parameters: MonitorParameters, _ context: CallContext, _ replies: ReplyStream<MonitorReply>
    ) async throws(CollectorError) -> MonitorReply {
        try await replies.send(MonitorReply(changes: [Samples.change], sequence: 7))
        throw .shuttingDown
    }

    func schedules(
        _ parameters: SchedulesParameters, _ context: CallContext
    ) async throws(CollectorError) -> SchedulesReply { SchedulesReply(schedules: [Samples.schedule]) }

    func coverage(
        _ parameters: CoverageParameters, _ context: CallContext, _ replies: ReplyStream<CoverageReply>
    ) async throws(CollectorError) -> CoverageReply { Samples.coverage }

    func services(
        _ parameters: ServicesParameters, _ context: CallContext
    ) async throws(CollectorError) -> ServicesReply { Samples.services }

    func accounts(
        _ parameters: AccountsParameters, _ context: CallContext
    ) async throws(CollectorError) -> AccountsReply { AccountsReply(accounts: [Samples.account]) }

    func reload(_ parameters: ReloadParameters, _ context: CallContext) async throws(CollectorError) -> ReloadReply {
        throw .reloadFailed(["collectord.conf:1:2: unknown key"])
    }

    func configuration(
        _ parameters: ConfigurationParameters, _ context: CallContext
    ) async throws(CollectorError) -> ConfigurationReply { ConfigurationReply(text: "[Collector]\n") }

    func types(
        _ parameters: TypesParameters, _ context: CallContext, _ replies: ReplyStream<TypesReply>
    ) async throws(CollectorError) -> TypesReply { Samples.types }

    func iamPolicy(
        _ parameters: IAMPolicyParameters, _ context: CallContext
    ) async throws(CollectorError) -> IAMPolicyReply { Samples.policies }

    func trustPolicy(
        _ parameters: TrustPolicyParameters, _ context: CallContext
    ) async throws(CollectorError) -> TrustPolicyReply { Samples.trust }

    func doctor(
        _ parameters: DoctorParameters, _ context: CallContext, _ replies: ReplyStream<DoctorReply>
    ) async throws(CollectorError) -> DoctorReply { Samples.doctor }
}
