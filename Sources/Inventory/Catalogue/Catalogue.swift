import AWS
import JSON
import Synchronization

/// Everything the program knows of AWS's services: an index of all types, and each service's file when it is needed.
///
/// Safe to use from any thread. Service files are read on first use and kept until ``forgetServices()``, so an idle
/// daemon holds the index alone. A service file is read in a few milliseconds; callers of the same catalogue wait for
/// each other meanwhile.
package final class Catalogue: Sendable {
    package let index: CatalogueIndex
    private let read: @Sendable (String) -> [UInt8]?
    /// Services with entries of an operator's files; they cannot be read again and so are never forgotten.
    private let overridden: [String: CatalogueService]
    private let loaded = Mutex<[String: Slot]>([:])

    /// A service that is read once; callers wait for it, and only for it.
    private final class Slot: Sendable {
        let service = Mutex<CatalogueService?>(nil)
    }

    /// The catalogue that was generated with the program.
    package static func builtIn() throws(CatalogueError) -> Catalogue { try Catalogue(read: CatalogueFiles.read) }

    /// A catalogue from files by name: `index.json`, `services/ec2.json`.
    ///
    /// Throws when the index cannot be read. `read` may be called from any thread.
    package convenience init(read: @escaping @Sendable (String) -> [UInt8]?) throws(CatalogueError) {
        guard let bytes = read("index.json") else {
            throw .malformed(file: "index.json", entry: "", reason: "the file is missing")
        }
        let json = try Self.parse(bytes, file: "index.json")
        self.init(index: try CatalogueIndex(json: json), read: read, overridden: [:])
    }

    init(
        index: CatalogueIndex, read: @escaping @Sendable (String) -> [UInt8]?, overridden: [String: CatalogueService]
    ) {
        self.index = index
        self.read = read
        self.overridden = overridden
    }

    /// The service of that AWS CLI name, read on first use.
    package func service(_ name: String) throws(CatalogueError) -> CatalogueService {
        if let service = overridden[name] { return service }
        return try slot(name).service.withLock { (known) throws(CatalogueError) -> CatalogueService in
            if let known { return known }
            let service = try CatalogueService(name: name, json: document(of: name), file: Self.file(name))
            known = service
            return service
        }
    }

    private func slot(_ name: String) -> Slot {
        loaded.withLock { slots in
            let slot = slots[name] ?? Slot()
            if index.services[name] != nil { slots[name] = slot }
            return slot
        }
    }

    /// The same service for a look at it: a file that is read for this is not kept.
    package func glance(at name: String) throws(CatalogueError) -> CatalogueService {
        if let service = overridden[name] ?? slot(name).service.withLock({ $0 }) { return service }
        return try CatalogueService(name: name, json: document(of: name), file: Self.file(name))
    }

    /// The type of that name, `ec2/instance`.
    package func type(_ name: String) throws(CatalogueError) -> ResourceType {
        let parts = name.split(separator: "/", maxSplits: 1)
        guard parts.count == 2, let type = try service(String(parts[0])).type(String(parts[1])) else {
            throw .unknownWord(name, suggestion: Suggestion.nearest(to: name, in: index.typeNames()))
        }
        return type
    }

    /// Frees what reading service files has built up; they are read again when needed.
    package func forgetServices() { loaded.withLock { $0 = [:] } }

    /// The names of the services that are held in memory, for diagnosis.
    package var loadedServices: [String] {
        let slots = loaded.withLock { $0 }
        return slots.keys.filter { slots[$0]?.service.withLock { $0 } != nil }.sorted() + overridden.keys.sorted()
    }

    /// The service's file as a document.
    func document(of name: String) throws(CatalogueError) -> JSONValue {
        let file = Self.file(name)
        guard index.services[name] != nil, let bytes = read(file) else {
            throw .unknownService(name, suggestion: Suggestion.nearest(to: name, in: index.services.keys.sorted()))
        }
        return try Self.parse(bytes, file: file)
    }

    /// The same files with other entries in front of them.
    func replacing(index: CatalogueIndex, overridden: [String: CatalogueService]) -> Catalogue {
        Catalogue(index: index, read: read, overridden: self.overridden.merging(overridden) { $1 })
    }

    private static func file(_ service: String) -> String { "services/\(service).json" }

    private static func parse(_ bytes: [UInt8], file: String) throws(CatalogueError) -> JSONValue {
        do {
            return try JSONValue.parse(bytes)
        } catch {
            throw .malformed(file: file, entry: "", reason: "\(error)")
        }
    }
}

extension Catalogue {
    /// Whether AWS runs the service once for all regions; its resources then belong to the scope `aws-global`.
    package func isGlobal(_ service: String) -> Bool { index.services[service]?.homes != nil }

    /// The region that answers for a global service in a partition (`aws`); `nil` where it is not offered or regional.
    package func homeRegion(_ service: String, partition: String) -> String? {
        index.services[service]?.homes?[partition]
    }

    /// Whether a listing of the service makes sense in a region, or in `Scope.global`.
    ///
    /// Regions that are newer than the catalogue count as offered: the call then tells.
    package func isOffered(_ service: String, in region: String) -> Bool {
        guard let entry = index.services[service] else { return false }
        guard entry.homes == nil else { return region == Scope.global }
        guard region != Scope.global else { return false }
        guard let regions = entry.regions else { return true }
        return regions.contains(region) || index.partition(of: region) == nil
    }
}
