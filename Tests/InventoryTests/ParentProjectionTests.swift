import AWS
import JSON
import Testing

@testable import Inventory

/// What of a parent's items is kept for its children.
@Suite struct ParentProjectionTests {
    private static let catalogue = Result { try Catalogue.builtIn() }
    private static let services = ((try? catalogue.get())?.index.services.keys.sorted()) ?? []

    /// An item with every member of its shape; its texts tell their places.
    private static func sample(_ service: CatalogueService, _ type: ResourceType) throws -> [UInt8] {
        let walk = ShapeWalk(shapes: service.model.shapes)
        let output = try #require(service.model.operations[type.operation]?.output)
        let shape = try #require(walk.items(type.items, in: output))
        return value(walk, shape, "", depth: 0).serialized
    }

    private static func value(_ walk: ShapeWalk, _ shape: ShapeRef, _ path: String, depth: Int) -> JSONValue {
        guard depth < 5 else { return .string(path) }
        switch walk.shapes[shape] {
        case .structure(let structure):
            return .object(
                structure.members.map {
                    .init($0.name, value(walk, $0.shape, path + "." + $0.name, depth: depth + 1))
                })
        case .list(let list): return .array([value(walk, list.element, path + "[]", depth: depth + 1)])
        case .map(let map): return .object([.init("k", value(walk, map.value, path + "{}", depth: depth + 1))])
        default: return .string("some/\(path)\"\\")
        }
    }

    private struct Level {
        let type: ResourceType
        let item: [UInt8]
    }

    /// The type and its parents, outermost last.
    private static func chain(_ type: ResourceType, _ service: CatalogueService) throws -> [Level] {
        var levels = [Level(type: type, item: try sample(service, type))]
        while let parent = levels[levels.count - 1].type.parent {
            let type = try #require(service.type(parent.kind))
            levels.append(Level(type: type, item: try sample(service, type)))
        }
        return levels
    }

    private static let scope = Scope(account: "111122223333", region: "us-east-1")
    private static let constant = JSONValue.object([.init("AddressFamily", .string("IPv4"))])

    private static func parent(_ levels: ArraySlice<Level>, _ made: ([UInt8], ResourceType) -> [UInt8]) -> ParentItem? {
        guard let first = levels.first else { return nil }
        let outer = parent(levels.dropFirst(), made)
        let context = ItemContext(scope: scope, region: "us-east-1", parent: outer, input: constant)
        let reader = TypeReader(type: first.type, redacts: true)
        return ParentItem(
            document: made(first.item, first.type), id: reader.id(ofItem: first.item, context), input: constant,
            parent: outer)
    }

    /// Everything that the type's listing reads of its parents.
    private static func reads(_ type: ResourceType, _ item: [UInt8], _ parent: ParentItem?) -> [String] {
        let context = ItemContext(scope: scope, region: "us-east-1", parent: parent, input: constant)
        let inner = ItemContext(
            scope: scope, region: "us-east-1", parent: parent?.parent, input: parent?.input ?? .object([]))
        var values = (type.parent?.inputs ?? []).map { _, selector in
            parent.flatMap { SelectorValue.of(selector, item: $0.document, detail: nil, inner) }?.text ?? "-"
        }
        for followUp in type.enrichments + (type.detail.map { [$0] } ?? []) {
            for selector in followUp.inputs.map(\.from) + (followUp.region.map { [$0] } ?? []) {
                values.append(SelectorValue.of(selector, item: item, detail: item, context)?.text ?? "-")
            }
        }
        let reader = TypeReader(type: type, redacts: true)
        return values + [reader.id(ofItem: item, context), reader.arn(item: item, document: item, context) ?? "-"]
    }

    @Test("children read the same of what is kept of their parents as of the whole", arguments: services)
    func same(service name: String) throws {
        let service = try Self.catalogue.get().service(name)
        for type in service.types where type.parent != nil {
            let levels = try Self.chain(type, service)
            let whole = Self.parent(levels.dropFirst()) { item, _ in item }
            let kept = Self.parent(levels.dropFirst()) { item, type in
                ParentProjection(of: type, in: service.types).apply(to: item) ?? []
            }
            let reads = Self.reads(type, levels[0].item, kept)
            #expect(reads == Self.reads(type, levels[0].item, whole), "\(type.name)")
            #expect(!reads.isEmpty)
        }
    }

    @Test("nothing that the catalogue declares redacted is kept, of any parent", arguments: services)
    func redacted(service name: String) throws {
        let service = try Self.catalogue.get().service(name)
        let parents = Set(service.types.compactMap { $0.parent?.kind })
        for type in service.types where parents.contains(type.kind) {
            let projection = ParentProjection(of: type, in: service.types)
            #expect(projection.isStorable, "\(type.name)")
            let item = try Self.sample(service, type)
            guard item.first == UInt8(ascii: "{") else { continue }
            var clean = ByteBuffer(capacity: item.count)
            let rules = MemberRules(volatile: [], sets: [], redactions: type.redactions)
            DocumentEditor.redact(item.span, rules: rules, into: &clean)
            #expect(projection.apply(to: item) == projection.apply(to: clean.bytes()), "\(type.name)")
        }
    }

    private static func type(_ text: String, kind: String) throws -> ResourceType {
        try ResourceType(service: "s", kind: kind, json: JSONValue.parse(Array(text.utf8)))
    }

    private static func child(_ selector: String) throws -> ResourceType {
        try type(
            #"{"group":"core","operation":"L","items":"I[]","id":"Id","key":"qualified","actions":[],"#
                + #""parent":{"kind":"p","inputs":{"P":"\#(selector)"}}}"#, kind: "c")
    }

    private static func parent(redact: String) throws -> ResourceType {
        try type(
            #"{"group":"core","operation":"L","items":"I[]","id":"Id","key":"qualified","actions":[],"redact":"#
                + "[\(redact)]}", kind: "p")
    }

    @Test(
        "a parent one of whose redacted members a child needs is not kept",
        arguments: [
            ("Key", #""Key""#), ("Key.Part", #""Key""#), ("Key", #""Key.Part""#), ("Any.x.Part", #""Any[].Part""#),
            ("Other", #""Id""#),
        ])
    func conflict(selector: String, redact: String) throws {
        let parent = try Self.parent(redact: redact)
        #expect(!ParentProjection(of: parent, in: [parent, try Self.child(selector)]).isStorable)
        #expect(
            ParentProjection(of: parent, in: [parent, try Self.child("Free")]).isStorable == !redact.contains("Id"))
    }

    @Test(
        "only what is picked is left of an item",
        arguments: [
            ("Name", #"{"Big":[1,2],"Name":"n"}"#, #"{"Name":"n"}"#),
            ("A.B", #"{"A":{"B":1.50,"C":2},"B":3}"#, #"{"A":{"B":1.50}}"#),
            ("A.B", #"{"A":"text"}"#, "{}"), ("A", #"{"A":null}"#, "{}"), ("@", #""name""#, #""name""#),
            ("A", #""name""#, "null"),
        ])
    func left(selector: String, item: String, kept: String) throws {
        let parent = try Self.parent(redact: "")
        let projection = ParentProjection(of: parent, in: [parent, try Self.child(selector)])
        #expect(projection.apply(to: Array(item.utf8)) == Array(kept.utf8))
    }

    @Test("an item that is picked whole and is no string is kept in memory only")
    func wholeItem() throws {
        let parent = try Self.parent(redact: "")
        let projection = ParentProjection(of: parent, in: [parent, try Self.child("@")])
        #expect(projection.apply(to: Array(#"{"A":1}"#.utf8)) == nil)
        var keeper = ItemKeeper(projection)
        let reader = TypeReader(type: parent, redacts: true)
        let context = ItemContext(scope: Self.scope, region: "us-east-1")
        keeper.add([Array(#"{"Id":"a"}"#.utf8)], reader: reader, context: context, input: 0, parent: 0)
        #expect(keeper.items.map(\.id) == ["a"])
        #expect(keeper.items.first?.document == Array(#"{"Id":"a"}"#.utf8))
        let told = keeper.tell()
        #expect(!keeper.isStorable && told.isEmpty)
    }

    @Test("more items than the ledger takes of one listing are kept in memory only, from there on")
    func bound() throws {
        let parent = try Self.parent(redact: "")
        let reader = TypeReader(type: parent, redacts: true)
        let context = ItemContext(scope: Self.scope, region: "us-east-1")
        var keeper = ItemKeeper(ParentProjection(of: parent, in: [parent, try Self.child("Id")]))
        let text = String(repeating: "x", count: 1 << 20)
        let item = Array("{\"Id\":\"\(text)\"}".utf8)
        var told = 0
        for _ in 0..<20 {
            keeper.add([item], reader: reader, context: context, input: 0, parent: 0)
            told += keeper.tell().reduce(0) { $0 + $1.sizeInBytes }
        }
        #expect(keeper.items.count == 20)
        #expect(!keeper.isStorable)
        #expect(told > KeptItem.limitInBytes / 2 && told <= KeptItem.limitInBytes)
    }

    @Test("what another process found comes back as it was, and nothing that does not fit the calls")
    func restored() throws {
        let parent = try Self.parent(redact: "")
        let projection = ParentProjection(of: parent, in: [parent, try Self.child("Name")])
        let reader = TypeReader(type: parent, redacts: true)
        let outer = ParentItem(document: [], id: "o", input: .object([]), parent: nil)
        let context = ItemContext(scope: Self.scope, region: "us-east-1", parent: outer, input: Self.constant)
        var first = ItemKeeper(projection)
        first.add(
            [Array(#"{"Id":"a","Name":"n","X":1}"#.utf8)], reader: reader, context: context, input: 1, parent: 2)
        let kept = first.tell()
        #expect(kept == [KeptItem(input: 1, parent: 2, id: "a", document: Array(#"{"Name":"n"}"#.utf8))])
        let inputs = [JSONValue.object([]), Self.constant]
        var second = ItemKeeper(projection)
        let isRestored = second.restore(kept, inputs: inputs, parents: [nil, nil, outer])
        #expect(isRestored)
        let item = try #require(second.items.first)
        #expect(item.id == "a" && item.parent === outer && item.input == Self.constant)
        #expect(item.document == first.items.first?.document)
        var third = ItemKeeper(projection)
        let fits = [
            third.restore(kept, inputs: inputs, parents: [nil]),
            third.restore(kept, inputs: [.object([])], parents: [nil, nil, outer]),
        ]
        #expect(fits == [false, false])
    }
}

extension JSONValue {
    fileprivate var text: String { String(decoding: serialized, as: UTF8.self) }
}
