import JSON

/// Writes an operation's input, a JSON object of the model's member names, in the service's protocol.
package struct RequestEncoder: Sendable {
    private let model: ServiceModel

    package init(model: ServiceModel) { self.model = model }

    /// - Parameter body: in place of the one that `input` would make.
    package func encode(
        _ operation: OperationModel, input: JSONValue, body: SharedBytes? = nil
    ) throws(EncodingError) -> EncodedRequest {
        try checkMembers(operation, input)
        var request =
            switch model.wireProtocol {
            case .query, .ec2: try form(operation, input)
            case .json: try json(operation, input)
            case .restJSON, .restXML: try rest(operation, input)
            }
        if let template = operation.hostPrefix { request.hostPrefix = try hostPrefix(template, operation, input) }
        request.headers += operation.headers.map { ($0.name, $0.value) }
        if let body { request.body = body }
        return request
    }

    private func checkMembers(_ operation: OperationModel, _ input: JSONValue) throws(EncodingError) {
        let known = members(operation)
        for member in input.members ?? [] where !known.contains(where: { $0.name == member.key }) {
            throw EncodingError(
                operation: operation.name, member: member.key, reason: "the operation has no such input member")
        }
    }

    private func members(_ operation: OperationModel) -> [Shape.Member] {
        guard let input = operation.input, case .structure(let structure) = model.shapes[input] else { return [] }
        return structure.members
    }

    // MARK: query and ec2

    private func form(_ operation: OperationModel, _ input: JSONValue) throws(EncodingError) -> EncodedRequest {
        var request = EncodedRequest(method: "POST", path: "/")
        var fields = [("Action", operation.name), ("Version", model.apiVersion)]
        if let shape = operation.input { try flatten(shape, input, prefix: "", operation, &fields) }
        request.body = SharedBytes(
            Array(fields.map { "\(URIEncoding.encode($0.0))=\(URIEncoding.encode($0.1))" }.joined(separator: "&").utf8))
        request.headers = [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")]
        return request
    }

    private func flatten(
        _ ref: ShapeRef, _ value: JSONValue, prefix: String, _ operation: OperationModel,
        _ fields: inout [(String, String)]
    ) throws(EncodingError) {
        switch (model.shapes[ref], value) {
        case (.structure(let structure), .object(let given)):
            for member in structure.members {
                guard let value = given.first(where: { $0.key == member.name })?.value else { continue }
                let name = prefix.isEmpty ? member.wireName : "\(prefix).\(member.wireName)"
                try flatten(member.shape, value, prefix: name, operation, &fields)
            }
        case (.list(let list), .array(let elements)):
            let base = listPrefix(list, prefix)
            for (index, element) in elements.enumerated() {
                try flatten(list.element, element, prefix: "\(base).\(index + 1)", operation, &fields)
            }
        case (.map(let map), .object(let given)):
            let base = map.isFlattened ? prefix : "\(prefix).entry"
            for (index, member) in given.enumerated() {
                let place = "\(base).\(index + 1)"
                fields.append(("\(place).\(map.keyName ?? "key")", member.key))
                try flatten(map.value, member.value, prefix: "\(place).\(map.valueName ?? "value")", operation, &fields)
            }
        default: fields.append((prefix, try scalar(value, prefix, operation)))
        }
    }

    private func listPrefix(_ list: Shape.List, _ prefix: String) -> String {
        guard model.wireProtocol == .query else { return prefix }
        guard list.isFlattened else { return "\(prefix).\(list.itemName ?? "member")" }
        guard let itemName = list.itemName else { return prefix }
        guard let dot = prefix.lastIndex(of: ".") else { return itemName }
        return "\(prefix[..<dot]).\(itemName)"
    }

    private func scalar(
        _ value: JSONValue, _ member: String, _ operation: OperationModel
    ) throws(EncodingError) -> String {
        switch value {
        case .string(let text): return text
        case .integer(let number): return String(number)
        case .decimal(let text): return text
        case .bool(let flag): return flag ? "true" : "false"
        default:
            throw EncodingError(
                operation: operation.name, member: member, reason: "expected a string, a number or a boolean")
        }
    }

    // MARK: json

    private func json(_ operation: OperationModel, _ input: JSONValue) throws(EncodingError) -> EncodedRequest {
        var request = EncodedRequest(method: "POST", path: "/")
        request.headers = [
            ("Content-Type", "application/x-amz-json-\(model.jsonVersion)"),
            ("X-Amz-Target", "\(model.targetPrefix).\(operation.name)"),
        ]
        let body = operation.input.map { renamed($0, input) } ?? .object([])
        request.body = SharedBytes(body.serialized)
        return request
    }

    /// The same value with wire names instead of the model's.
    private func renamed(_ ref: ShapeRef, _ value: JSONValue) -> JSONValue {
        switch (model.shapes[ref], value) {
        case (.structure(let structure), .object(let given)):
            return .object(
                structure.members.compactMap { member in
                    guard member.location == .body || member.location == .payload,
                        let value = given.first(where: { $0.key == member.name })?.value
                    else { return nil }
                    return .init(member.wireName, renamed(member.shape, value))
                })
        case (.list(let list), .array(let elements)): return .array(elements.map { renamed(list.element, $0) })
        case (.map(let map), .object(let given)):
            return .object(given.map { .init($0.key, renamed(map.value, $0.value)) })
        default: return value
        }
    }

    // MARK: rest-json and rest-xml

    private func rest(_ operation: OperationModel, _ input: JSONValue) throws(EncodingError) -> EncodedRequest {
        let parts = operation.uri.split(separator: "?", maxSplits: 1)
        var request = EncodedRequest(method: operation.method, path: parts.first.map(String.init) ?? "/")
        for field in parts.dropFirst().first?.split(separator: "&") ?? [] {
            let pair = field.split(separator: "=", maxSplits: 1)
            request.query.append((String(pair[0]), pair.count > 1 ? String(pair[1]) : ""))
        }
        var hasBody = false
        for member in members(operation) {
            if member.location == .body || member.location == .payload { hasBody = true }
            guard let value = input[member.name] else { continue }
            try place(member, value, operation, &request)
        }
        guard !request.path.contains("{") else {
            throw EncodingError(operation: operation.name, member: request.path, reason: "a path label has no value")
        }
        if hasBody { try body(operation, input, &request) }
        return request
    }

    private func place(
        _ member: Shape.Member, _ value: JSONValue, _ operation: OperationModel, _ request: inout EncodedRequest
    ) throws(EncodingError) {
        switch member.location {
        case .uri:
            let text = try scalar(value, member.name, operation)
            request.path = request.path.substituting(
                "{\(member.wireName)+}", with: URIEncoding.encode(text, keepSlash: true)
            )
            .substituting("{\(member.wireName)}", with: URIEncoding.encode(text))
        case .query:
            if case .object(let entries) = value {
                for entry in entries {
                    request.query.append((entry.key, try scalar(entry.value, member.name, operation)))
                }
            } else {
                for element in value.array ?? [value] {
                    request.query.append((member.wireName, try scalar(element, member.name, operation)))
                }
            }
        case .header: request.headers.append((member.wireName, try scalar(value, member.name, operation)))
        case .headers:
            for entry in value.members ?? [] {
                request.headers.append((member.wireName + entry.key, try scalar(entry.value, member.name, operation)))
            }
        default: break
        }
    }

    private func hostPrefix(
        _ template: String, _ operation: OperationModel, _ input: JSONValue
    ) throws(EncodingError) -> String {
        var prefix = template
        for member in members(operation) {
            guard prefix.includes("{\(member.name)}") else { continue }
            guard let value = input[member.name]?.string, value.utf8.allSatisfy(Self.isHostLabel) else {
                throw EncodingError(
                    operation: operation.name, member: member.name, reason: "is no host label")
            }
            prefix = prefix.substituting("{\(member.name)}", with: value)
        }
        return prefix
    }

    private static func isHostLabel(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private func body(
        _ operation: OperationModel, _ input: JSONValue, _ request: inout EncodedRequest
    ) throws(EncodingError) {
        guard let shape = operation.input else { return }
        let payload = members(operation).first { $0.location == .payload }
        if model.wireProtocol == .restXML {
            try xmlBody(operation, shape, payload, input, &request)
            return
        }
        if let payload {
            guard let value = input[payload.name] else { return }
            request.body = SharedBytes(renamed(payload.shape, value).serialized)
        } else {
            request.body = SharedBytes(renamed(shape, input).serialized)
        }
        request.headers.append(("Content-Type", "application/json"))
    }
}

extension RequestEncoder {
    /// The payload member, or the members that stand nowhere else below the input's own root; no body without them.
    private func xmlBody(
        _ operation: OperationModel, _ shape: ShapeRef, _ payload: Shape.Member?, _ input: JSONValue,
        _ request: inout EncodedRequest
    ) throws(EncodingError) {
        var xml = ""
        if let payload {
            guard let value = input[payload.name] else { return }
            try XMLBody.append(payload.shape, value, name: payload.wireName, model: model, to: &xml)
        } else {
            let inBody = members(operation).filter { $0.location == .body }.map(\.name)
            let given = (input.members ?? []).filter { inBody.contains($0.key) }
            guard !given.isEmpty else { return }
            guard let root = operation.inputRoot else {
                throw EncodingError(operation: operation.name, member: given[0].key, reason: "the body has no root")
            }
            let namespace = root.namespace.isEmpty ? "" : " xmlns=\"\(root.namespace)\""
            try XMLBody.append(
                shape, .object(given), name: root.name, attributes: namespace, model: model, to: &xml)
        }
        request.body = SharedBytes(Array(xml.utf8))
        request.headers.append(("Content-Type", "application/xml"))
    }
}

/// The body of a rest-xml request.
private enum XMLBody {
    static func append(
        _ ref: ShapeRef, _ value: JSONValue, name: String, attributes: String = "", model: ServiceModel,
        to xml: inout String
    ) throws(EncodingError) {
        switch (model.shapes[ref], value) {
        case (.structure(let structure), .object(let given)):
            xml += "<\(name)\(attributes)>"
            for member in structure.members {
                guard let value = given.first(where: { $0.key == member.name })?.value else { continue }
                try append(member.shape, value, name: member.wireName, model: model, to: &xml)
            }
            xml += "</\(name)>"
        case (.list(let list), .array(let elements)):
            let item = list.isFlattened ? list.itemName ?? name : list.itemName ?? "member"
            if !list.isFlattened { xml += "<\(name)>" }
            for element in elements { try append(list.element, element, name: item, model: model, to: &xml) }
            if !list.isFlattened { xml += "</\(name)>" }
        case (_, .string(let text)): xml += "<\(name)>\(escaped(text))</\(name)>"
        case (_, .integer), (_, .decimal), (_, .bool): xml += "<\(name)>\(value.text)</\(name)>"
        default:
            throw EncodingError(operation: "", member: name, reason: "cannot be written as XML")
        }
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.append(character)
            }
        }
        return result
    }
}
