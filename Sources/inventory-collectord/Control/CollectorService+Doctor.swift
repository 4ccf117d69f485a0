import Control
import Refresh

/// Looking for what keeps the collector from its work.
extension CollectorService {
    func doctor(
        _ parameters: DoctorParameters, _ context: CallContext, _ replies: ReplyStream<DoctorReply>
    ) async throws(CollectorError) -> DoctorReply {
        var teller = Teller(replies: replies, wantsMore: context.wantsMore)
        let host = HostChecks(loader: loader, loaded: loaded, components: components)
        try await teller.tell(host.configuration())
        try await teller.tell(host.stateDirectory())
        for check in host.timeZones() { try await teller.tell(check) }
        for check in await host.store() { try await teller.tell(check) }
        let access = AccessChecks(components: components)
        try await teller.tell(access.endpoint())
        try await teller.tell(access.source())
        let identity = await access.identity()
        try await teller.tell(identity)
        guard identity.state == .ok else { return DoctorReply(checks: teller.waiting) }
        let (known, failure) = await components.accounts.accounts(parameters.accounts ?? [])
        if let failure { try await teller.tell(access.discovery(failure)) }
        for wanted in parameters.accounts ?? [] where failure == nil && !known.contains(where: { $0.id == wanted }) {
            throw .noSuchAccount(wanted)
        }
        for account in known {
            guard !Task.isCancelled else { throw .disconnected }
            for check in await access.account(account) { try await teller.tell(check) }
        }
        return DoctorReply(checks: teller.waiting)
    }

    /// Tells checks as they come, or keeps them for the one reply.
    private struct Teller {
        let replies: ReplyStream<DoctorReply>
        let wantsMore: Bool
        var waiting: [DoctorCheck] = []

        nonisolated(nonsending) mutating func tell(_ check: DoctorCheck) async throws(CollectorError) {
            guard wantsMore else { return waiting.append(check) }
            try await replies.send(DoctorReply(checks: [check]))
        }
    }
}
