import JSON
import Testing

@testable import Control

@Suite("The interface description and the Swift types say the same")
struct InterfaceTests {
    private let idl: IDL

    init() throws { idl = try IDL(InterfaceDescription.collector) }

    @Test("the description names exactly the methods that are served")
    func methods() {
        #expect(idl.interface == CollectorMethod.interface)
        #expect(Set(idl.methods.keys) == Set(CollectorMethod.allCases.map(\.rawValue)))
        #expect(
            Samples.parameters.map(\.method) == CollectorMethod.allCases.sortedAsIn(Samples.parameters.map(\.method)))
    }

    @Test("the description names exactly the errors that are thrown, with their members")
    func errors() throws {
        #expect(Set(idl.errors.keys) == Set(CollectorError.declared.map(\.name)))
        var seen: Set<String> = []
        for error in Samples.errors {
            let wire = try #require(error.wire)
            #expect(CollectorError(wire) == error)
            let parts = wire.name.split(separator: ".")
            let name = String(try #require(parts.last))
            guard wire.name.hasPrefix(CollectorMethod.interface) else { continue }
            seen.insert(name)
            let fields = try #require(idl.errors[name])
            #expect(idl.mismatch(wire.parameters, .record(fields), at: name) == nil)
            #expect(fields.map(\.name) == CollectorError.declared.first { $0.name == name }?.member.map { [$0] } ?? [])
        }
        #expect(seen == Set(idl.errors.keys))
        #expect(CollectorError.disconnected.wire == nil)
    }

    @Test("parameters have the declared form and come back as they were", arguments: CollectorMethod.allCases)
    func parameters(method: CollectorMethod) throws {
        let declared = try #require(idl.methods[method.rawValue]).input
        let values = try #require(Samples.parameters.first { $0.method == method }).values
        for value in values { try check(value, declared, method.rawValue) }
        try checkCoverage(values, declared)
    }

    @Test("replies have the declared form and come back as they were", arguments: CollectorMethod.allCases)
    func replies(method: CollectorMethod) throws {
        let declared = try #require(idl.methods[method.rawValue]).output
        let values = try #require(Samples.replies.first { $0.method == method }).values
        for value in values { try check(value, declared, method.rawValue) }
        try checkCoverage(values, declared)
    }

    @Test("every declared type is used, and every name used is declared")
    func types() {
        var used: Set<String> = []
        func collect(_ kind: IDL.Kind) {
            switch kind {
            case .named(let name):
                if used.insert(name).inserted, let type = idl.types[name] { collect(type) }
            case .array(let inner), .map(let inner), .optional(let inner): collect(inner)
            case .record(let fields): fields.forEach { collect($0.kind) }
            default: break
            }
        }
        for method in idl.methods.values { (method.input + method.output).forEach { collect($0.kind) } }
        #expect(used == Set(idl.types.keys))
    }

    @Test("the words of the enumerations are those of the Swift types")
    func words() {
        #expect(idl.types["RunState"] == .words(RunState.allCases.map(\.rawValue)))
        #expect(idl.types["ChangeKind"] == .words(ChangeKind.allCases.map(\.rawValue)))
        #expect(idl.types["RunTrigger"] == .words(RunTrigger.allCases.map(\.rawValue)))
    }

    @Test("the description of the common interface can be read")
    func common() throws {
        let common = try IDL(InterfaceDescription.service)
        #expect(Set(common.methods.keys) == ["GetInfo", "GetInterfaceDescription"])
        #expect(common.errors.keys.contains("InvalidParameter"))
        #expect(InterfaceDescription.text(of: "io.example") == nil)
    }

    private func check<Record: WireRecord>(_ value: Record, _ fields: [IDL.Field], _ name: String) throws {
        #expect(idl.mismatch(value.wire, .record(fields), at: name) == nil)
        let received = try JSONValue.parse(value.wire.serialized, limits: .message)
        #expect(try Record(wire: received) == value)
    }

    /// A member that no sample sets would not be checked at all, nor an optional one that every sample sets.
    private func checkCoverage(_ values: [any WireRecord], _ fields: [IDL.Field]) throws {
        for field in fields {
            let isSet = values.filter { $0.wire[field.name] != nil }.count
            #expect(isSet > 0, "\(field.name) is never set")
            if case .optional = field.kind { #expect(isSet < values.count, "\(field.name) is never left out") }
        }
    }
}

extension [CollectorMethod] {
    /// The same methods in the order of `other`, so that a missing or doubled one shows.
    fileprivate func sortedAsIn(_ other: [CollectorMethod]) -> [CollectorMethod] {
        sorted { (other.firstIndex(of: $0) ?? .max) < (other.firstIndex(of: $1) ?? .max) }
    }
}
