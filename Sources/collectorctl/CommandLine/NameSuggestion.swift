import Control

/// Asks the daemon for the names it knows when it does not know one.
struct NameSuggestion {
    let session: Session

    /// `did you mean X?`; `nil` when nothing is near, and when asking fails: the first error matters more.
    func hint(for error: ControlClientError) -> String? {
        guard case .refused(let refusal) = error else { return nil }
        switch refusal {
        case .noSuchService(let name): return near(name) { $0.map(\.service) }
        case .noSuchType(let name): return near(name) { $0.flatMap { $0.types.map(\.type) } }
        case .noSuchAccount(let name):
            guard let reply = try? ask(AccountsParameters()) else { return nil }
            return Spelling.hints(for: name, among: reply.accounts.map(\.id)).first
        default: return nil
        }
    }

    private func near(_ name: String, _ names: ([ServiceInfo]) -> [String]) -> String? {
        guard let reply = try? ask(ServicesParameters()) else { return nil }
        return Spelling.hints(for: name, among: names(reply.services)).first
    }

    private func ask<Parameters: CallParameters>(_ parameters: Parameters) throws -> Parameters.Reply {
        try session.connect(timeout: .seconds(1)).call(parameters, timeout: .seconds(2))
    }
}
