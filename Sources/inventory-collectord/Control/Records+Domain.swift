import Control
import Inventory
import JSON
import Refresh

/// The domain's records as the control interface tells them.
extension Control.RunState {
    init(_ state: Inventory.RunState) {
        switch state {
        case .running: self = .running
        case .succeeded: self = .succeeded
        case .partial: self = .partial
        case .failed: self = .failed
        case .cancelled: self = .cancelled
        case .interrupted: self = .interrupted
        }
    }
}

extension RunSummary {
    init(_ record: RunRecord) {
        var trigger = Control.RunTrigger.once
        var schedule: String?
        var uid: Int?
        var name: String?
        switch record.trigger {
        case .schedule(let name): (trigger, schedule) = (.schedule, name)
        case .request(let caller, let called): (trigger, uid, name) = (.request, caller, called)
        case .once: break
        }
        let request = record.request
        self.init(
            id: record.id, trigger: trigger, schedule: schedule, callerUID: uid, callerName: name,
            request: RunRequest(
                services: request.services, types: request.types, accounts: request.accounts, regions: request.regions,
                force: request.force),
            state: Control.RunState(record.state), startedAt: Timestamp(secondsSinceEpoch: record.startedAt),
            finishedAt: record.finishedAt.map(Timestamp.init(secondsSinceEpoch:)), planned: record.planned,
            outcomes: Dictionary(uniqueKeysWithValues: record.outcomes.map { ($0.key.rawValue, $0.value) }),
            resources: record.resources, created: record.changes.created, updated: record.changes.updated,
            deleted: record.changes.deleted, unchanged: record.changes.unchanged, renewed: record.changes.renewed)
    }
}

extension Progress {
    init(_ progress: RunProgress) {
        self.init(
            planned: progress.record.planned, finished: progress.finished,
            outcomes: Dictionary(uniqueKeysWithValues: progress.record.outcomes.map { ($0.key.rawValue, $0.value) }),
            resources: progress.record.resources,
            services: progress.services.sorted { $0.key < $1.key }.map { service, share in
                ServiceProgress(service: service, planned: share.planned, finished: share.finished)
            })
    }
}

extension ListingReport {
    init(_ planned: PlannedListing) {
        self.init(
            type: planned.listing.type, account: planned.listing.scope.account, region: planned.listing.scope.region,
            outcome: planned.result?.outcome.rawValue,
            error: planned.result?.error.map { error in
                ListingFault(
                    operation: error.operation, code: error.code, message: error.message, requestID: error.requestID)
            },
            count: planned.result?.count ?? 0)
    }
}

extension Resource {
    init(_ record: ResourceRecord) {
        self.init(
            service: record.unit.service, resourceType: record.type, accountID: record.unit.account,
            region: record.unit.storedRegion, resourceID: record.id, arn: record.arn, name: record.name,
            tags: .raw(record.tags), updatedAt: Timestamp(secondsSinceEpoch: record.updatedAt), ttl: record.ttl,
            data: .raw(record.data))
    }
}

extension Control.Change {
    init(_ change: Inventory.Change) {
        let kind: Control.ChangeKind =
            switch change.kind {
            case .created: .created
            case .updated: .updated
            case .deleted: .deleted
            }
        self.init(
            sequence: change.sequence, time: Timestamp(secondsSinceEpoch: change.time),
            run: change.runID.isEmpty ? nil : change.runID, kind: kind, service: change.unit.service,
            resourceType: change.type, accountID: change.unit.account, region: change.unit.storedRegion,
            resourceID: change.id, arn: change.arn, name: change.name, diff: .raw(change.diff))
    }
}

extension Control.UnitMetadata {
    init(_ metadata: Inventory.UnitMetadata) {
        self.init(
            service: metadata.unit.service, accountID: metadata.unit.account, region: metadata.unit.storedRegion,
            updatedAt: metadata.updatedAt.map(Timestamp.init(secondsSinceEpoch:)),
            resourceCount: metadata.resourceCount, status: metadata.status,
            lastAttemptAt: Timestamp(secondsSinceEpoch: metadata.lastAttemptAt),
            lastGoodAt: metadata.lastGoodAt.map(Timestamp.init(secondsSinceEpoch:)),
            outcomes: metadata.outcomes.map { outcome in
                TypeOutcome(
                    type: outcome.type, outcome: outcome.outcome.rawValue, count: outcome.count, error: outcome.error)
            })
    }
}

extension CollectorError {
    init(_ problem: RequestProblem) {
        switch problem {
        case .noSuchService(let name, _): self = .noSuchService(name)
        case .noSuchType(let name, _): self = .noSuchType(name)
        case .noSuchAccount(let id): self = .noSuchAccount(id)
        case .noSuchRegion(let name): self = .noSuchRegion(name)
        case .nothingSelected: self = .invalidParameter("types")
        case .stopping: self = .shuttingDown
        case .ledgerUnavailable(let error): self = .storeUnavailable(StoreProblem.text(error))
        }
    }
}
