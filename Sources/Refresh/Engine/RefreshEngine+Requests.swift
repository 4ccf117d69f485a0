import AWS
import Inventory

/// What may be asked for.
extension RefreshEngine {
    /// The type names of an account that the request asks for, sorted.
    static func types(
        _ target: AccountTarget, _ request: RefreshRequest, _ settings: RefreshSettings, _ index: CatalogueIndex
    ) throws(CatalogueError) -> [String] {
        var names = Set(try TypeSelection(words: target.types ?? settings.types, in: index).types)
        if !request.services.isEmpty {
            names = names.filter { request.services.contains(String($0.prefix { $0 != "/" })) }
        }
        // A type that is named outright is collected even where the configuration does not select it.
        if !request.types.isEmpty {
            names = Set(try TypeSelection(words: request.types, in: index).types)
        }
        return names.sorted()
    }

    func check(_ request: RefreshRequest) throws(RequestProblem) {
        let index = dependencies.catalogue.index
        for service in request.services where index.services[service] == nil {
            throw .noSuchService(service, suggestion: Suggestion.nearest(to: service, in: index.services.keys.sorted()))
        }
        do throws(CatalogueError) {
            if !request.types.isEmpty { _ = try TypeSelection(words: request.types, in: index) }
        } catch {
            guard case .unknownWord(let word, let suggestion) = error else {
                throw .noSuchType("\(error)", suggestion: nil)
            }
            throw .noSuchType(word, suggestion: suggestion)
        }
        for region in request.regions where region != "global" && region != Scope.global {
            let isListed: Bool
            if case .listed(let regions) = settings.regions {
                isListed = regions.contains(region)
            } else {
                isListed = false
            }
            guard isListed || index.partition(of: region) != nil else { throw .noSuchRegion(region) }
        }
        try checkSelection(request)
    }

    /// A request for what no account collects would end as if all were well.
    private func checkSelection(_ request: RefreshRequest) throws(RequestProblem) {
        var targets = settings.accounts
        // Accounts that are discovered have no choices of their own.
        if settings.organization != nil { targets.append(AccountTarget(id: nil, sessionName: "")) }
        if !request.accounts.isEmpty {
            targets.removeAll { target in target.id.map { !request.accounts.contains($0) } ?? false }
        }
        let index = dependencies.catalogue.index
        for target in targets {
            // Words that are unknown are told by the run.
            guard let types = try? Self.types(target, request, settings, index), types.isEmpty else { return }
        }
        if !targets.isEmpty { throw .nothingSelected }
    }

    func checkAccounts(_ wanted: [String]) async throws(RequestProblem) {
        guard !wanted.isEmpty else { return }
        let configured = Set(settings.accounts.compactMap(\.id))
        guard wanted.contains(where: { !configured.contains($0) }) else { return }
        // Accounts that cannot be asked for now are told by the run itself.
        let (known, failure) = await dependencies.accounts.accounts(wanted)
        guard failure == nil else { return }
        let ids = Set(known.map(\.id))
        for account in wanted where !ids.contains(account) { throw .noSuchAccount(account) }
    }
}

extension RunState {
    /// Partial success is not success, and a run that planned nothing has refreshed nothing. A run that was cancelled when
    /// all its listings had ended ends as they did.
    ///
    /// - Parameter heldBack: complete listings that the shrink guard does not believe yet.
    package static func of(_ outcomes: [Outcome: Int], isCancelled: Bool, heldBack: Int = 0) -> RunState {
        if isCancelled, outcomes.isEmpty || outcomes[.cancelled] != nil { return .cancelled }
        guard !outcomes.isEmpty else { return .failed }
        let bad = outcomes.filter { !$0.key.isGood }.values.reduce(0, +)
        if bad == 0 { return heldBack == 0 ? .succeeded : .partial }
        return outcomes.contains { $0.key.isProof } ? .partial : .failed
    }
}

extension RunTrigger {
    /// For the line that tells a run's end: ` (schedule nightly)`, ` (asked for by alice, uid 1000)`.
    var remark: String {
        switch self {
        case .schedule(let name): " (schedule \(name))"
        case .request(let uid, let name): " (asked for by " + (name.map { "\($0), uid \(uid))" } ?? "uid \(uid))")
        case .once: ""
        }
    }

    /// Whoever asks for a run waits for it; a schedule does not.
    var priority: CallPriority {
        switch self {
        case .schedule: .scheduled
        case .request, .once: .onDemand
        }
    }
}

extension RefreshRequest {
    /// The same request however it was worded.
    var normalized: RefreshRequest {
        var copy = self
        copy.services = Set(services).sorted()
        copy.types = Set(types).sorted()
        copy.accounts = Set(accounts).sorted()
        copy.regions = Set(regions).sorted()
        return copy
    }
}
