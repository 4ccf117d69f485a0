import AWS
import JSON

/// Proves that a type's entry fits the service's shapes: whatever it names exists where it says.
///
/// Used for operators' entries, and by the tests for every built-in one.
struct CatalogueCheck {
    private let service: CatalogueService
    private let shapes: ShapeWalk

    init(_ service: CatalogueService) {
        self.service = service
        shapes = ShapeWalk(shapes: service.model.shapes)
    }

    /// Every mistake of the entry; empty when there is none.
    func problems(of type: ResourceType) -> [CatalogueEntryError] {
        let name = "types.\(type.kind)"
        guard let operation = service.model.operations[type.operation] else {
            return [CatalogueEntryError(entry: "\(name).operation", reason: "no operation \(type.operation)")]
        }
        guard let item = operation.output.flatMap({ shapes.items(type.items, in: $0) }) else {
            return [CatalogueEntryError(entry: "\(name).items", reason: "does not lead to lists in the reply")]
        }
        var found = Findings(name: name)
        let context = Context(item: item, parent: type.parent.flatMap { self.item(ofKind: $0.kind) }, type: type)
        found.require(shapes.isStructure(item) || type.itemMember != nil, "member", "is missing: items are texts")
        check(type.id, "id", in: context, &found)
        if let arn = type.arn?.selector { check(arn, "arn", in: context, &found) }
        checkInputs(of: type, operation, context, &found)
        for (place, call) in Self.calls(of: type) { check(call, place, in: context, &found) }
        checkDocument(of: type, context, &found)
        found.require(!type.actions.isEmpty, "actions", "is empty")
        for action in type.actions { found.require(action.contains(":"), "actions", "\(action) is no IAM action") }
        return found.errors
    }

    private static func calls(of type: ResourceType) -> [(place: String, call: ResourceType.FollowUp)] {
        let enrichments = type.enrichments.enumerated().map { ("enrichments[\($0.offset)]", $0.element) }
        return (type.detail.map { [("detail", $0)] } ?? []) + enrichments
    }

    private func checkInputs(
        of type: ResourceType, _ operation: OperationModel, _ context: Context, _ found: inout Findings
    ) {
        for input in type.pagination?.inputs ?? [] { requireInput(input, of: operation, "pages.in", &found) }
        for output in (type.pagination?.outputs ?? []) + [type.pagination?.more].compactMap({ $0 }) {
            let stands = operation.output.flatMap { shapes.resolve(output, from: $0) } != nil
            found.require(stands, "pages.out", "\(output.joined(separator: ".")) is not in the reply")
        }
        for constants in type.inputs {
            for member in constants.members.members ?? [] {
                requireInput(member.key, of: operation, "inputs", &found)
            }
        }
        guard let parent = type.parent else { return }
        guard let parentItem = context.parent, let parentType = service.type(parent.kind) else {
            return found.add("parent.kind", "no type \(parent.kind)")
        }
        let seen = Context(
            item: parentItem, parent: parentType.parent.flatMap { item(ofKind: $0.kind) }, type: parentType)
        for (member, selector) in parent.inputs {
            requireInput(member, of: operation, "parent.inputs", &found)
            check(selector, "parent.inputs.\(member)", in: seen, &found)
        }
    }

    private func check(
        _ call: ResourceType.FollowUp, _ place: String, in context: Context, _ found: inout Findings
    ) {
        guard let operation = service.model.operations[call.operation] else {
            return found.add("\(place).operation", "no operation \(call.operation)")
        }
        for member in call.constants.members ?? [] { requireInput(member.key, of: operation, place, &found) }
        for (member, selector) in call.inputs {
            requireInput(member, of: operation, place, &found)
            check(selector, "\(place).inputs.\(member)", in: context, &found)
        }
        if let region = call.region { check(region, "\(place).region", in: context, &found) }
        found.require(document(of: call) != nil, "\(place).path", "is not in the reply")
        guard let items = call.items else { return }
        let element = operation.output.flatMap { shapes.items(items, in: $0) }
        let match = element.flatMap { shapes.resolve(call.match, from: $0) }
        found.require(match != nil, "\(place).match", "is not in the reply's documents")
        let lists = call.inputs.count { member, _ in
            operation.input.flatMap { shapes.resolve([member, "[]"], from: $0) } != nil
        }
        found.require(lists == 1, "\(place).inputs", "one input of a batch takes the list of values, not \(lists)")
    }

    /// The shape of what a follow-up puts into the resource.
    private func document(of call: ResourceType.FollowUp) -> ShapeRef? {
        guard let output = service.model.operations[call.operation]?.output else { return nil }
        let start = call.items.map { shapes.items($0, in: output) } ?? output
        return start.flatMap { shapes.resolve(call.path, from: $0) }
    }

    private func checkDocument(of type: ResourceType, _ context: Context, _ found: inout Findings) {
        var members: [String: ShapeRef] = shapes.members(of: context.item)
        if let member = type.itemMember { members[member] = context.item }
        for (_, call) in Self.calls(of: type) {
            guard let document = document(of: call) else { continue }
            if let into = call.into {
                members[into] = document
            } else {
                members.merge(shapes.members(of: document)) { $1 }
            }
        }
        if type.tagging != nil {
            found.require(type.arn != nil, "tagging", "needs the resource's ARN")
            found.require(
                type.tags == [ResourceType.taggingMember], "tagging", "puts the tags at \(ResourceType.taggingMember)")
        }
        // The name is taken from the finished document.
        let names = type.displayName?.parts.flatMap { $0 }.filter { !$0.members.isEmpty }.map(\.members) ?? []
        let lists = [
            ("name", names),
            ("tags", type.tags.isEmpty || type.tagging != nil ? [] : [type.tags]),
            ("redact", type.redactions.map { ResourceType.kept($0) ?? $0 }),
            ("volatile", type.volatile),
            ("sets", type.sets),
        ]
        for (place, paths) in lists {
            for path in paths {
                let target = path.first.flatMap { members[$0] }
                let stands = target.flatMap { shapes.resolve(Array(path.dropFirst()), from: $0) } != nil
                found.require(stands, place, "\(path.joined(separator: ".")) is not in the document")
            }
        }
    }

    private func requireInput(
        _ member: String, of operation: OperationModel, _ place: String, _ found: inout Findings
    ) {
        let stands = operation.input.flatMap { shapes.resolve([member], from: $0) } != nil
        found.require(stands, place, "\(operation.name) takes no \(member)")
    }

    private func check(
        _ selector: ResourceType.Selector, _ place: String, in context: Context, _ found: inout Findings
    ) {
        for path in selector.parts.flatMap({ $0 }) {
            let stands: Bool
            switch path.origin {
            case .item: stands = stand(path, in: context.item)
            case .ancestor(1): stands = context.parent.map { stand(path, in: $0) } ?? false
            case .ancestor: stands = true
            case .detail: stands = context.type.detail.flatMap(document(of:)).map { stand(path, in: $0) } ?? false
            case .input:
                stands = context.type.inputs.allSatisfy { $0.members[path.members.first ?? ""] != nil }
            }
            found.require(stands, place, "\(path.members.joined(separator: ".")) is not there")
        }
    }

    /// Whether a path leads to a value; one without members needs the item to be a text.
    private func stand(_ path: ResourceType.Selector.Path, in start: ShapeRef) -> Bool {
        guard let end = shapes.resolve(path.members, from: start) else { return false }
        return !shapes.isStructure(end)
    }

    private func item(ofKind kind: String) -> ShapeRef? {
        guard let type = service.type(kind), let output = service.model.operations[type.operation]?.output else {
            return nil
        }
        return shapes.items(type.items, in: output)
    }

    private struct Context {
        var item: ShapeRef
        var parent: ShapeRef?
        var type: ResourceType
    }

    private struct Findings {
        let name: String
        var errors: [CatalogueEntryError] = []

        mutating func add(_ place: String, _ reason: String) {
            errors.append(CatalogueEntryError(entry: "\(name).\(place)", reason: reason))
        }

        mutating func require(_ condition: Bool, _ place: String, _ reason: @autoclosure () -> String) {
            if !condition { add(place, reason()) }
        }
    }
}
