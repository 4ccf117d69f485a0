/// Who calls and what for.
package struct CallContext: Sendable {
    /// The caller's user id as the kernel knows it.
    package var uid: Int
    /// The caller takes several replies.
    package var wantsMore: Bool

    package init(uid: Int, wantsMore: Bool) {
        self.uid = uid
        self.wantsMore = wantsMore
    }
}

/// What the daemon implements: one function per method of the interface.
///
/// Called from any thread, for up to as many connections at once as the server admits; calls of one connection follow
/// each other. The task is cancelled when the caller goes away or the server stops: then return or throw soon, the
/// answer of a caller who is gone is dropped. A function with a `ReplyStream` sends its replies but the last through
/// it, which does nothing unless the caller wants more.
package protocol CollectorInterface: Sendable {
    /// Starts or joins a run. With `more`: progress until it ends. A caller who goes away does not end the run.
    func refresh(
        _ parameters: RefreshParameters, _ context: CallContext, _ replies: ReplyStream<RefreshReply>
    ) async throws(CollectorError) -> RefreshReply

    /// Asks a run to stop.
    func cancel(_ parameters: CancelParameters, _ context: CallContext) async throws(CollectorError) -> CancelReply

    /// The newest runs.
    func runs(_ parameters: RunsParameters, _ context: CallContext) async throws(CollectorError) -> RunsReply

    /// One run. With `more`: progress until it ends, so that a caller can attach to it again.
    func describeRun(
        _ parameters: DescribeRunParameters, _ context: CallContext, _ replies: ReplyStream<DescribeRunReply>
    ) async throws(CollectorError) -> DescribeRunReply

    /// The daemon's state.
    func status(_ parameters: StatusParameters, _ context: CallContext) async throws(CollectorError) -> StatusReply

    /// Freshness of every unit. With `more`: in parts.
    func metadata(
        _ parameters: MetadataParameters, _ context: CallContext, _ replies: ReplyStream<MetadataReply>
    ) async throws(CollectorError) -> MetadataReply

    /// A page of resources. With `more`: all pages from there.
    func list(
        _ parameters: ListParameters, _ context: CallContext, _ replies: ReplyStream<ListReply>
    ) async throws(CollectorError) -> ListReply

    /// The resources of one id, ARN or name; `noSuchResource` when there are none.
    func get(_ parameters: GetParameters, _ context: CallContext) async throws(CollectorError) -> GetReply

    /// A page of the change log. With `more`: all pages from there to the newest entry.
    func changes(
        _ parameters: ChangesParameters, _ context: CallContext, _ replies: ReplyStream<ChangesReply>
    ) async throws(CollectorError) -> ChangesReply

    /// Needs `more`: the changes as they come, until the caller goes away.
    func monitor(
        _ parameters: MonitorParameters, _ context: CallContext, _ replies: ReplyStream<MonitorReply>
    ) async throws(CollectorError) -> MonitorReply

    /// Every schedule.
    func schedules(
        _ parameters: SchedulesParameters, _ context: CallContext
    ) async throws(CollectorError) -> SchedulesReply

    /// The listings of a run. With `more`: in parts.
    func coverage(
        _ parameters: CoverageParameters, _ context: CallContext, _ replies: ReplyStream<CoverageReply>
    ) async throws(CollectorError) -> CoverageReply

    /// The catalogue's services and types.
    func services(_ parameters: ServicesParameters, _ context: CallContext) async throws(CollectorError)
        -> ServicesReply

    /// The accounts collected.
    func accounts(_ parameters: AccountsParameters, _ context: CallContext) async throws(CollectorError)
        -> AccountsReply

    /// Reads the configuration again; the old one stays on an error.
    func reload(_ parameters: ReloadParameters, _ context: CallContext) async throws(CollectorError) -> ReloadReply

    /// The configuration in force.
    func configuration(
        _ parameters: ConfigurationParameters, _ context: CallContext
    ) async throws(CollectorError) -> ConfigurationReply

    /// What the catalogue knows of resource types. With `more`: a service at a time.
    func types(
        _ parameters: TypesParameters, _ context: CallContext, _ replies: ReplyStream<TypesReply>
    ) async throws(CollectorError) -> TypesReply

    /// The IAM policies that the configuration needs.
    func iamPolicy(
        _ parameters: IAMPolicyParameters, _ context: CallContext
    ) async throws(CollectorError) -> IAMPolicyReply

    /// The trust policy of an account's role.
    func trustPolicy(
        _ parameters: TrustPolicyParameters, _ context: CallContext
    ) async throws(CollectorError) -> TrustPolicyReply

    /// Looks for what keeps the collector from its work. With `more`: each check as soon as it is done.
    func doctor(
        _ parameters: DoctorParameters, _ context: CallContext, _ replies: ReplyStream<DoctorReply>
    ) async throws(CollectorError) -> DoctorReply
}
