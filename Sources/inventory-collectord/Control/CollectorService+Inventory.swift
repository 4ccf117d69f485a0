import Control
import Inventory
import JSON

/// Reading the inventory.
extension CollectorService {
    nonisolated func metadata(
        _ parameters: MetadataParameters, _ context: CallContext, _ replies: ReplyStream<MetadataReply>
    ) async throws(CollectorError) -> MetadataReply {
        if let service = parameters.service, components.catalogue.index.services[service] == nil {
            throw .noSuchService(service)
        }
        let units = try await store { () async throws(StoreError) in
            try await self.components.store.metadata(service: parameters.service)
        }
        let newest = units.compactMap(\.updatedAt).max().map(Timestamp.init(secondsSinceEpoch:))
        func part(_ units: some Sequence<Inventory.UnitMetadata>) -> MetadataReply {
            MetadataReply(
                lastUpdate: newest, service: parameters.service, units: units.map { Control.UnitMetadata($0) })
        }
        guard context.wantsMore else { return part(units) }
        var start = 0
        while start + Self.pageSize < units.count {
            try await replies.send(part(units[start..<start + Self.pageSize]))
            start += Self.pageSize
        }
        return part(units[start...])
    }

    nonisolated func list(
        _ parameters: ListParameters, _ context: CallContext, _ replies: ReplyStream<ListReply>
    ) async throws(CollectorError) -> ListReply {
        let filter = try filter(parameters)
        let limit = parameters.limit ?? Self.pageSize
        var cursor = parameters.cursor
        while true {
            let after = cursor
            let page: ResourcePage
            if let time = try time(parameters.at) {
                page = try await log { () async throws(ChangeLogError) in
                    try await self.components.store.list(filter, at: time, after: after, limit: limit)
                }
            } else {
                page = try await store { () async throws(StoreError) in
                    try await self.components.store.list(filter, after: after, limit: limit)
                }
            }
            cursor = page.cursor
            let reply = ListReply(resources: page.records.map { Resource($0) }, cursor: cursor)
            guard context.wantsMore, cursor != nil else { return reply }
            try await replies.send(reply)
        }
    }

    /// Resources and records a reply where the caller names no number.
    static let pageSize = 500

    /// Fails on services and types that the catalogue does not have.
    nonisolated func check(service: String?, type: String?) throws(CollectorError) {
        let index = components.catalogue.index
        if let service, index.services[service] == nil { throw .noSuchService(service) }
        if let type, index.type(type) == nil { throw .noSuchType(type) }
    }

    private nonisolated func filter(_ parameters: ListParameters) throws(CollectorError) -> ResourceFilter {
        try check(service: parameters.service, type: parameters.type)
        var filter = ResourceFilter()
        filter.service = parameters.service
        filter.type = parameters.type
        filter.account = parameters.account
        filter.region = parameters.region == Scope.global ? "global" : parameters.region
        filter.name = parameters.name
        filter.tags = parameters.tags ?? [:]
        return filter
    }

    nonisolated func get(_ parameters: GetParameters, _ context: CallContext) async throws(CollectorError) -> GetReply {
        let records: [ResourceRecord]
        if let time = try time(parameters.at) {
            records = try await log { () async throws(ChangeLogError) in
                try await self.components.store.get(parameters.id, at: time)
            }
        } else {
            records = try await store { () async throws(StoreError) in
                try await self.components.store.get(parameters.id)
            }
        }
        var changes: [Inventory.Change]?
        if parameters.history ?? false {
            changes = try await log { () async throws(ChangeLogError) in
                try await self.components.store.history(of: parameters.id)
            }
        }
        guard !records.isEmpty || changes.map({ !$0.isEmpty }) ?? false else { throw .noSuchResource(parameters.id) }
        return GetReply(resources: records.map { Resource($0) }, changes: changes?.map { Control.Change($0) })
    }
}
