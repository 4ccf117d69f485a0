import JSON

/// Output members that travel as headers or as the status.
enum HeaderMembers {
    /// Adds them to the envelope, which is a complete JSON object.
    static func append(
        of operation: OperationModel, plan: DecodingPlan, status: Int, headers: HTTPHeaders,
        to envelope: inout ByteBuffer
    ) {
        guard let output = operation.output, case .structure(let structure) = plan.model.shapes[output] else { return }
        for member in structure.members {
            var value = ByteBuffer(capacity: 64)
            switch member.location {
            case .statusCode: value.append(String(status))
            case .header:
                guard let text = headers[member.wireName] else { continue }
                append(text, kind: plan.nodes[member.shape].kind, to: &value)
            case .headers:
                let prefix = member.wireName.lowercased()
                let matching = headers.fields.filter { $0.name.lowercased().hasPrefix(prefix) }
                let entries = matching.map {
                    JSONValue.Member(String($0.name.dropFirst(prefix.count)), .string($0.value))
                }
                value.append(JSONValue.object(entries).serialized)
            default: continue
            }
            envelope.truncate(to: envelope.count - 1)
            if envelope.count > 1 { envelope.append(UInt8(ascii: ",")) }
            envelope.append(JSONValue.string(member.name).serialized)
            envelope.append(UInt8(ascii: ":"))
            envelope.append(value.span)
            envelope.append(UInt8(ascii: "}"))
        }
    }

    private static func append(_ text: String, kind: DecodingPlan.Kind, to value: inout ByteBuffer) {
        let quoted = JSONValue.string(text).serialized
        switch kind {
        case .integer, .float, .boolean:
            value.append(quoted, 0..<quoted.count - 1)
            if kind == .boolean {
                ScalarText.replaceBoolean(from: 0, in: &value)
            } else {
                ScalarText.unquoteNumber(from: 0, isInteger: kind == .integer, in: &value)
            }
        case .timestamp:
            let bytes = Array(text.utf8)
            TimestampText.append(bytes.span, 0, bytes.count, to: &value)
        default: value.append(quoted)
        }
    }
}
