import AWS
import JSON

extension Catalogue {
    /// A catalogue with the entries of a directory's `*.json` files over this one's, and what could not be used.
    ///
    /// A file is `{"services": {"lambda": {"types": {"function": {"enrichments": []}}}}}`: members of a type replace
    /// the built-in ones, `null` takes a member or a whole type away, new types and services are added. Other members
    /// of a service (`operations`, `shapes`, `endpoint`, …) replace the built-in ones as a whole. Files count in the
    /// order of their names; a mistake costs only its own entry. Without a directory nothing changes.
    package func overridden(by directory: String) -> (catalogue: Catalogue, problems: [CatalogueProblem]) {
        var overrides = CatalogueOverrides(base: self)
        for name in CatalogueDirectory.files(in: directory) {
            switch CatalogueDirectory.read("\(directory)/\(name)") {
            case .success(let bytes): overrides.apply(bytes, file: name)
            case .failure(let error): overrides.report(name, "", error.reason)
            }
        }
        return (overrides.catalogue, overrides.problems)
    }
}

/// Builds a catalogue out of another and an operator's files.
struct CatalogueOverrides {
    private let base: Catalogue
    private var index: CatalogueIndex
    /// Services with applied entries: the merged document, of which every entry is known to be good.
    private var documents: [String: JSONValue] = [:]
    private var services: [String: CatalogueService] = [:]
    private(set) var problems: [CatalogueProblem] = []

    init(base: Catalogue) {
        self.base = base
        index = base.index
    }

    var catalogue: Catalogue { base.replacing(index: index, overridden: services) }

    mutating func report(_ file: String, _ entry: String, _ reason: String) {
        problems.append(CatalogueProblem(file: file, entry: entry, reason: reason))
    }

    mutating func apply(_ bytes: [UInt8], file: String) {
        let json: JSONValue
        do {
            json = try JSONValue.parse(bytes)
        } catch {
            return report(file, "", "\(error)")
        }
        for member in json.members ?? [] where member.key != "services" {
            report(file, member.key, "no such member; \"services\" is expected")
        }
        guard let services = json["services"]?.members else {
            return report(file, "services", "an object is expected")
        }
        for service in services { apply(service.value, to: service.key, file: file) }
    }

    private mutating func apply(_ patch: JSONValue, to name: String, file: String) {
        guard let members = patch.members else {
            return report(file, "services.\(name)", "an object is expected")
        }
        guard var document = current(name, file: file) else { return }
        let head = members.filter { $0.key != "types" }
        if !head.isEmpty || index.services[name] == nil {
            let changed = Self.merged(document, with: head)
            guard accept(changed, name: name, file: file, changing: nil) else { return }
            document = changed
        }
        guard let types = patch["types"] else { return }
        guard let kinds = types.members else {
            return report(file, "services.\(name).types", "an object is expected")
        }
        // Parents may stand behind their children: what fails first gets a second chance when the rest is there.
        var waiting = kinds
        var failures: [CatalogueProblem] = []
        repeat {
            let before = waiting.count
            failures = []
            waiting = waiting.filter { kind in
                let mark = problems.count
                let changed = Self.replacing(kind, in: document)
                if accept(changed, name: name, file: file, changing: kind) {
                    document = changed
                    return false
                }
                failures += problems[mark...]
                problems.removeSubrange(mark...)
                return true
            }
            if waiting.count == before { break }
        } while !waiting.isEmpty
        problems += failures
    }

    /// The service's document so far; an empty one for a service that is new.
    private mutating func current(_ name: String, file: String) -> JSONValue? {
        if let document = documents[name] { return document }
        guard index.services[name] != nil else { return .object([]) }
        do {
            return try base.document(of: name)
        } catch {
            report(file, "services.\(name)", "\(error)")
            return nil
        }
    }

    /// Rules that an entry inherits about members it no longer has, because the operator took their call out, do nothing
    /// and are no mistake of the operator's. Redactions are never left over: a path that fits nothing hides nothing.
    private static func isLeftOver(_ problem: CatalogueEntryError, _ patch: JSONValue.Member?) -> Bool {
        guard let patch else { return false }
        return ["tags", "sets", "volatile"].contains { key in
            problem.entry == "types.\(patch.key).\(key)" && patch.value[key] == nil
        }
    }

    /// Takes the document over if the changed entry is good and no other entry breaks by it.
    private mutating func accept(
        _ document: JSONValue, name: String, file: String, changing patch: JSONValue.Member?
    ) -> Bool {
        let kind = patch?.key
        let service: CatalogueService
        do {
            service = try CatalogueService(name: name, json: document, file: file)
        } catch .malformed(_, let entry, let reason) {
            report(file, "services.\(name).\(entry)", reason)
            return false
        } catch {
            report(file, "services.\(name)", "\(error)")
            return false
        }
        let check = CatalogueCheck(service)
        let affected = service.types.filter { kind == nil || $0.kind == kind || $0.parent?.kind == kind }
        let found = affected.flatMap(check.problems).filter { !Self.isLeftOver($0, patch) }
        for problem in found { report(file, "services.\(name).\(problem.entry)", problem.reason) }
        guard found.isEmpty else { return false }
        documents[name] = document
        services[name] = service
        var entry = index.services[name] ?? CatalogueIndex.ServiceEntry(homes: nil, regions: nil, types: [:])
        if case .global(let hosts) = service.model.endpoint { entry.homes = hosts.mapValues(\.signingRegion) }
        entry.types = [:]
        for type in service.types {
            entry.types[type.kind] = CatalogueIndex.TypeEntry(group: type.group, parent: type.parent?.kind)
        }
        entry.tagging = Set(service.types.compactMap(\.tagging)).sorted()
        index.services[name] = entry
        return true
    }

    /// The object with members replaced; `null` takes one away.
    private static func merged(_ object: JSONValue, with changes: [JSONValue.Member]) -> JSONValue {
        var members = object.members ?? []
        for change in changes {
            members.removeAll { $0.key == change.key }
            if change.value != .null { members.append(change) }
        }
        return .object(members)
    }

    private static func replacing(_ kind: JSONValue.Member, in document: JSONValue) -> JSONValue {
        let types = document["types"] ?? .object([])
        var entry = kind
        if let changes = kind.value.members { entry.value = merged(types[kind.key] ?? .object([]), with: changes) }
        return merged(document, with: [JSONValue.Member("types", merged(types, with: [entry]))])
    }
}
