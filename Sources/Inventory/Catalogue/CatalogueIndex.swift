import JSON

/// What planning and selection need to know of every service and type, without reading a service file.
package struct CatalogueIndex: Sendable {
    package struct Partition: Sendable, Equatable {
        package var name: String
        /// What standard host names end with: `amazonaws.com`.
        package var hostSuffix: String
        package var regions: [String]
    }

    package struct TypeEntry: Sendable, Equatable {
        package var group: ResourceType.Group
        /// The kind of the parent, for types that are listed once for each of its resources.
        package var parent: String?
    }

    package struct ServiceEntry: Sendable, Equatable {
        /// Region that answers for all regions, by partition; `nil` for regional services.
        package var homes: [String: String]?
        /// Which of the known regions have the service; `nil` when that is not published.
        package var regions: Set<String>?
        package var types: [String: TypeEntry]
        /// Names in ARNs of the services whose resources' tags the Resource Groups Tagging API must tell.
        package var tagging: [String] = []
    }

    /// The botocore version the facts were taken from.
    package internal(set) var source: String
    package internal(set) var partitions: [Partition]
    package internal(set) var services: [String: ServiceEntry]

    /// The format of the files that this program reads.
    static let format = 1

    init(json: JSONValue) throws(CatalogueError) {
        func failure(_ entry: String, _ reason: String) -> CatalogueError {
            .malformed(file: "index.json", entry: entry, reason: reason)
        }
        guard json["format"]?.int == Self.format else {
            throw failure("format", "expected \(Self.format)")
        }
        guard let partitions = json["partitions"]?.members, let sets = json["regionSets"]?.array,
            let services = json["services"]?.members
        else { throw failure("", "expected partitions, regionSets and services") }
        source = json["botocore"]?.string ?? ""
        self.partitions = partitions.map { member in
            Partition(
                name: member.key, hostSuffix: member.value["suffix"]?.string ?? "",
                regions: member.value["regions"]?.strings ?? [])
        }
        let regionSets = sets.map { Set($0.strings ?? []) }
        var entries: [String: ServiceEntry] = [:]
        entries.reserveCapacity(services.count)
        for service in services {
            guard let types = service.value["types"]?.members else { throw failure(service.key, "types are missing") }
            var entry = ServiceEntry(homes: nil, regions: nil, types: [:])
            entry.tagging = service.value["tagging"]?.strings ?? []
            if let homes = service.value["global"]?.members {
                entry.homes = [:]
                for home in homes { entry.homes?[home.key] = home.value.string }
            }
            if let set = service.value["regions"]?.int {
                guard regionSets.indices.contains(set) else { throw failure(service.key, "no region set \(set)") }
                entry.regions = regionSets[set]
            }
            for type in types {
                guard let known = TypeEntry(json: type.value) else {
                    throw failure("\(service.key).\(type.key)", "expected a group, or a group and a parent")
                }
                entry.types[type.key] = known
            }
            entries[service.key] = entry
        }
        self.services = entries
    }
}

extension CatalogueIndex.TypeEntry {
    init?(json: JSONValue) {
        let fields = json.array ?? [json]
        guard let group = fields.first?.string.flatMap(ResourceType.Group.init) else { return nil }
        self.init(group: group, parent: fields.count > 1 ? fields[1].string : nil)
    }
}

extension CatalogueIndex {
    /// The partition a region belongs to; `nil` for regions newer than the catalogue.
    package func partition(of region: String) -> Partition? {
        partitions.first { $0.regions.contains(region) }
    }

    /// All type names (`ec2/instance`), sorted; made anew at each call.
    package func typeNames() -> [String] {
        services.flatMap { service, entry in entry.types.keys.map { "\(service)/\($0)" } }.sorted()
    }

    /// The entry of `ec2/instance`.
    package func type(_ name: String) -> TypeEntry? {
        guard let slash = name.firstIndex(of: "/") else { return nil }
        return services[String(name[..<slash])]?.types[String(name[name.index(after: slash)...])]
    }
}
