import JSON

/// A small reader of varlink interface texts, made for checking ours: comments, types, methods and errors.
struct IDL {
    indirect enum Kind: Equatable {
        case bool, int, float, string, object
        case named(String)
        case array(Kind)
        case map(Kind)
        case optional(Kind)
        case record([Field])
        case words([String])
    }

    struct Field: Equatable {
        var name: String
        var kind: Kind
    }

    struct Method: Equatable {
        var input: [Field]
        var output: [Field]
    }

    struct Problem: Error, CustomStringConvertible {
        var description: String
    }

    private(set) var interface = ""
    private(set) var types: [String: Kind] = [:]
    private(set) var methods: [String: Method] = [:]
    private(set) var errors: [String: [Field]] = [:]
    private var tokens: [String] = []
    private var position = 0

    init(_ text: String) throws {
        tokens = Self.tokens(text)
        try expect("interface")
        interface = try word()
        while position < tokens.count { try member() }
    }

    /// Where and why a value does not have the declared form; `nil` when it does.
    func mismatch(_ value: JSONValue, _ kind: Kind, at path: String = "value") -> String? {
        switch (kind, value) {
        case (.optional(let inner), _): return value == .null ? nil : mismatch(value, inner, at: path)
        case (.named(let name), _):
            guard let type = types[name] else { return "\(path): no type \(name)" }
            return mismatch(value, type, at: path)
        case (.bool, .bool), (.int, .integer), (.float, .integer), (.float, .decimal), (.string, .string): return nil
        case (.object, .object): return nil
        case (.words(let words), .string(let text)): return words.contains(text) ? nil : "\(path): \(text)"
        case (.array(let inner), .array(let elements)):
            return elements.lazy.compactMap { mismatch($0, inner, at: path + "[]") }.first
        case (.map(let inner), .object(let members)):
            return members.lazy.compactMap { mismatch($0.value, inner, at: "\(path).\($0.key)") }.first
        case (.record(let fields), .object(let members)): return mismatch(members, fields, at: path)
        default: return "\(path): \(value) is not \(kind)"
        }
    }

    func mismatch(_ members: [JSONValue.Member], _ fields: [Field], at path: String) -> String? {
        for member in members where !fields.contains(where: { $0.name == member.key }) {
            return "\(path).\(member.key) is not declared"
        }
        for field in fields {
            let value = members.first { $0.key == field.name }?.value ?? .null
            if let problem = mismatch(value, field.kind, at: "\(path).\(field.name)") { return problem }
        }
        return nil
    }

    // MARK: Reading

    private mutating func member() throws {
        let keyword = try word()
        let name = try word()
        guard types[name] == nil, methods[name] == nil, errors[name] == nil else {
            throw Problem(description: "\(name) stands twice: types, methods and errors share their names")
        }
        switch keyword {
        case "type": types[name] = try kind()
        case "error": errors[name] = try fields()
        case "method":
            let input = try fields()
            try expect("->")
            methods[name] = Method(input: input, output: try fields())
        default: throw Problem(description: "unexpected \(keyword)")
        }
    }

    private mutating func fields() throws -> [Field] {
        guard case .record(let fields) = try kind() else { throw Problem(description: "members are expected") }
        return fields
    }

    private mutating func kind() throws -> Kind {
        switch try word() {
        case "?": return .optional(try kind())
        case "[]": return .array(try kind())
        case "[string]": return .map(try kind())
        case "bool": return .bool
        case "int": return .int
        case "float": return .float
        case "string": return .string
        case "object": return .object
        case "(": return try parenthesis()
        case let name: return .named(name)
        }
    }

    private mutating func parenthesis() throws -> Kind {
        var fields: [Field] = []
        var words: [String] = []
        if peek == ")" {
            position += 1
        } else {
            repeat {
                let name = try word()
                if peek == ":" {
                    position += 1
                    fields.append(Field(name: name, kind: try kind()))
                } else {
                    words.append(name)
                }
            } while try word() == ","
        }
        return words.isEmpty ? .record(fields) : .words(words)
    }

    private var peek: String? { position < tokens.count ? tokens[position] : nil }

    private mutating func word() throws -> String {
        guard let token = peek else { throw Problem(description: "unexpected end") }
        position += 1
        return token
    }

    private mutating func expect(_ token: String) throws {
        let found = try word()
        guard found == token else { throw Problem(description: "\(token) is expected, not \(found)") }
    }

    private static func tokens(_ text: String) -> [String] {
        var tokens: [String] = []
        for line in text.split(separator: "\n") {
            var rest = line.prefix { $0 != "#" }
            while let first = rest.first {
                let symbols = ["->", "[string]", "[]", "(", ")", ":", ",", "?"]
                if first.isWhitespace {
                    rest = rest.dropFirst()
                } else if let symbol = symbols.first(where: rest.hasPrefix) {
                    tokens.append(symbol)
                    rest = rest.dropFirst(symbol.count)
                } else {
                    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" || $0 == "-" }
                    tokens.append(String(name.isEmpty ? rest.prefix(1) : name))
                    rest = rest.dropFirst(max(1, name.count))
                }
            }
        }
        return tokens
    }
}
