import AWS
import Inventory
import JSON

/// Finds out which IAM actions an account's credentials lack.
///
/// Asks IAM's policy simulator where that is allowed; else makes each list call of the selected types once, in one
/// region, and looks at the answer's first bytes alone. Follow-up calls need a resource and are left to the simulator.
package struct PermissionProbe: Sendable {
    private let catalogue: Catalogue
    private let client: AWSClient
    private let account: KnownAccount
    private let settings: RefreshSettings

    /// What was found.
    package struct Findings: Sendable, Equatable {
        /// Actions that were looked at.
        package var tested = 0
        /// Actions that nobody allows, sorted.
        package var missing: [String] = []
        /// Actions that something denies explicitly: a service control policy, a boundary; sorted.
        package var forbidden: [String] = []
        /// Calls whose answer says nothing about permissions, each with its error code, and actions that the simulator
        /// does not know; sorted.
        package var unclear: [String] = []
        /// Actions that were not looked at.
        package var untested = 0
        /// Whether the simulator answered, so that every action was looked at.
        package var isSimulated = false
    }

    /// Calls under way at a time: few enough to leave the account's rates to the runs.
    private static let width = 8

    package init(catalogue: Catalogue, client: AWSClient, account: KnownAccount, settings: RefreshSettings) {
        self.catalogue = catalogue
        self.client = client
        self.account = account
        self.settings = settings
    }

    /// - Parameters:
    ///   - role: the role or user whose policies count.
    ///   - regions: where the account is listed, `Scope.global` among them.
    package func run(role: String?, regions: [String]) async throws(CatalogueError) -> Findings {
        let words = account.target.types ?? settings.types
        let all = try SelectedActions(words: words, in: catalogue, regions: regions).actions.sorted()
        if let role, let findings = await simulated(all, role: role) { return findings }
        let calls = try listCalls(words, regions)
        var findings = Findings()
        await withTaskGroup(of: (Call, ListingFailure?).self) { group in
            for (number, call) in calls.enumerated() {
                if number >= Self.width, let (call, failure) = await group.next() {
                    findings.add(call.actions, failure)
                }
                group.addTask { (call, await outcome(of: call)) }
            }
            for await (call, failure) in group { findings.add(call.actions, failure) }
        }
        findings.untested = Set(all).subtracting(calls.flatMap(\.actions)).count
        findings.missing = Set(findings.missing).sorted()
        findings.forbidden = Set(findings.forbidden).sorted()
        findings.unclear.sort()
        return findings
    }

    // MARK: Calls

    private struct Call: Sendable {
        var service: CatalogueService
        var type: ResourceType
        var region: String
        var actions: [String]
    }

    /// Each list operation that needs no parent once, where the account has the service.
    private func listCalls(_ words: [String], _ regions: [String]) throws(CatalogueError) -> [Call] {
        let selection = try TypeSelection(words: words, in: catalogue.index)
        let names = Dictionary(grouping: selection.types + selection.listedOnly) { String($0.prefix { $0 != "/" }) }
        var calls: [Call] = []
        for (name, types) in names.sorted(by: { $0.key < $1.key }) {
            guard let region = region(of: name, regions) else { continue }
            let service = try catalogue.glance(at: name)
            var seen: Set<String> = []
            for type in service.types where types.contains(type.name) && type.parent == nil {
                guard seen.insert(type.operation).inserted else { continue }
                calls.append(
                    Call(
                        service: service, type: type, region: region,
                        actions: service.actions(of: type.operation, in: type)))
            }
        }
        return calls
    }

    private func region(of service: String, _ regions: [String]) -> String? {
        if catalogue.isGlobal(service) {
            return catalogue.homeRegion(service, partition: Partition(region: settings.homeRegion).name)
        }
        let home = [settings.homeRegion].filter(regions.contains)
        return (home + regions).first { catalogue.isOffered(service, in: $0) }
    }

    /// `nil` when AWS answered the call.
    private func outcome(of call: Call) async -> ListingFailure? {
        guard let operation = call.service.model.operations[call.type.operation] else { return nil }
        let inputs = call.type.inputs.first { $0.onlyRegion == nil || $0.onlyRegion == call.region }
        let request = AWSCall(
            service: call.service.client, operation: operation,
            input: inputs?.filled(account: account.id) ?? .object([]), region: call.region, account: account.id,
            credentials: account.credentials)
        do throws(AWSCallError) {
            // The status has told; the page itself is of no interest.
            try await client.call(request) { reply throws(AWSCallError) in reply.body.discard() }
            return nil
        } catch {
            return ListingFailure(error, operation: operation.name)
        }
    }

    // MARK: Simulator

    /// The simulator's view of all actions; `nil` when it may not be asked.
    private func simulated(_ actions: [String], role: String) async -> Findings? {
        guard let region = region(of: "iam", [Scope.global]),
            let simulator = PolicySimulator(catalogue: catalogue, client: client, account: account, region: region),
            let verdicts = await simulator.verdicts(on: actions, of: role)
        else { return nil }
        func those(_ verdict: PolicySimulator.Verdict) -> [String] { actions.filter { verdicts[$0] == verdict } }
        let unknown = those(.unknown)
        return Findings(
            tested: actions.count - unknown.count, missing: those(.missing), forbidden: those(.forbidden),
            unclear: unknown, isSimulated: true)
    }
}

extension PermissionProbe.Findings {
    fileprivate mutating func add(_ actions: [String], _ failure: ListingFailure?) {
        tested += 1
        guard let failure else { return }
        switch failure.outcome {
        case .denied: missing += actions
        case .deniedByPolicy: forbidden += actions
        // The region or the account does not have the service: nothing to allow.
        case .notEnabled, .unsupported: break
        default: unclear.append("\(failure.error.operation) (\(failure.error.code))")
        }
    }
}

extension AccountDirectory {
    /// A probe of an account's permissions, as the settings in force have it.
    package func probe(of account: KnownAccount) -> PermissionProbe {
        PermissionProbe(catalogue: catalogue, client: client, account: account, settings: settings)
    }
}
