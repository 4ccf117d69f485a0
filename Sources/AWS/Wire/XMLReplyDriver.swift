import JSON

/// Walks an XML reply from its root to the listed resources, one tag at a time and resumable at any tag.
struct XMLReplyDriver {
    var state: EnvelopeState
    private var converter: XMLConverter
    private let plan: DecodingPlan
    private let rootShape: Int
    private let payload: String?
    /// Elements around the output: the reply's root, and for query the result wrapper.
    private let wrapper: String?
    private let unwrappedRoot: String?
    /// The name of the reply's root, where the protocol fixes it.
    private let expectedRoot: String?
    /// Elements right below the root, and how many of them the output knows: a page that knows none is no reply.
    private var rootElements = 0
    private var rootMembers = 0

    init(plan: DecodingPlan, root: ReplyRoot, operation: OperationModel) {
        self.plan = plan
        state = EnvelopeState(plan: plan, root: root)
        converter = XMLConverter(plan: plan)
        rootShape = root.shape ?? 0
        payload = root.payload
        wrapper = plan.model.wireProtocol == .query ? operation.resultWrapper : nil
        unwrappedRoot = operation.unwrappedRoot
        switch plan.model.wireProtocol {
        case .query, .ec2: expectedRoot = operation.name + "Response"
        default: expectedRoot = nil
        }
    }

    /// Appends the next resource to `document` and answers `true`, or `false` at the end of the reply.
    mutating func advance(
        _ bytes: Span<UInt8>, _ position: inout Int, _ document: inout ByteBuffer, _ envelope: inout ByteBuffer
    ) throws(WireError) -> Bool {
        if !state.isStarted { try start(bytes, &position, &envelope) }
        while let frame = state.frames.last {
            state.envelopeStable = envelope.count
            let tag = try XMLScanner.nextTag(bytes, from: position)
            if tag.kind == .close {
                if state.frames.count == 1, rootElements > 0, rootMembers == 0 {
                    throw .malformed(offset: position, reason: "nothing in it belongs to the operation's reply")
                }
                position = tag.end
                close(frame, &envelope)
                continue
            }
            switch frame.kind {
            case .list:
                if try element(frame, tag, bytes, &position, &document) { return true }
            case .structure:
                if try child(frame, tag, bytes, &position, &document, &envelope) { return true }
            }
        }
        position = bytes.count
        return false
    }

    private mutating func start(
        _ bytes: Span<UInt8>, _ position: inout Int, _ envelope: inout ByteBuffer
    ) throws(WireError) {
        var tag = try XMLScanner.nextTag(bytes, from: position)
        guard tag.kind != .close else { throw .malformed(offset: position, reason: "a closing tag at the start") }
        if let expectedRoot, Self.name(tag, bytes) != expectedRoot {
            throw .malformed(offset: position, reason: "the root element is not \(expectedRoot)")
        }
        if let unwrappedRoot { return try startUnwrapped(unwrappedRoot, tag, bytes, &position, &envelope) }
        if let wrapper {
            tag = try find(wrapper, in: tag, bytes)
        }
        envelope.append(UInt8(ascii: "{"))
        if let payload {
            envelope.append(JSONValue.string(payload).serialized)
            envelope.append(":{")
        }
        state.isStarted = true
        position = tag.end
        if tag.kind == .empty {
            closeEnvelope(&envelope)
            return
        }
        state.frames.append(
            state.structureFrame(shape: rootShape, step: 0, part: 0, captures: true, start: envelope.count))
    }

    private static func name(_ tag: XMLScanner.Tag, _ bytes: Span<UInt8>) -> String {
        String(decoding: (tag.nameStart..<tag.nameEnd).map { bytes[$0] }, as: UTF8.self)
    }

    /// The result wrapper inside the root, or an empty tag when the reply has none.
    private func find(_ name: String, in root: XMLScanner.Tag, _ bytes: Span<UInt8>) throws(WireError) -> XMLScanner.Tag {
        guard root.kind == .open else { return root }
        var index = root.end
        while true {
            let tag = try XMLScanner.nextTag(bytes, from: index)
            if tag.kind == .close { return XMLScanner.Tag(kind: .empty, nameStart: 0, nameEnd: 0, attributesEnd: 0, end: tag.end) }
            if Self.name(tag, bytes) == name { return tag }
            index = tag.kind == .empty ? tag.end : try XMLScanner.skipElement(bytes, from: tag.end)
        }
    }

    /// The root element's text is the value of the output's only member; no text is null.
    private mutating func startUnwrapped(
        _ member: String, _ tag: XMLScanner.Tag, _ bytes: Span<UInt8>, _ position: inout Int,
        _ envelope: inout ByteBuffer
    ) throws(WireError) {
        var text = ByteBuffer(capacity: 64)
        var end = tag.end
        if tag.kind == .open {
            end = try XMLScanner.appendText(bytes, from: tag.end, to: &text)
            end = try XMLScanner.tag(bytes, at: end).end
        }
        envelope.append(UInt8(ascii: "{"))
        envelope.append(JSONValue.string(member).serialized)
        envelope.append(UInt8(ascii: ":"))
        if text.isEmpty {
            envelope.append("null}")
        } else {
            envelope.append(UInt8(ascii: "\""))
            envelope.append(text.span)
            envelope.append("\"}")
        }
        state.isStarted = true
        state.envelopeStable = envelope.count
        position = end
    }

    private mutating func close(_ frame: EnvelopeState.Frame, _ envelope: inout ByteBuffer) {
        state.frames.removeLast()
        if state.frames.isEmpty {
            closeEnvelope(&envelope)
        } else if frame.kind == .structure, frame.captures {
            envelope.append(UInt8(ascii: "}"))
        }
        state.envelopeStable = envelope.count
    }

    private mutating func closeEnvelope(_ envelope: inout ByteBuffer) {
        envelope.append(UInt8(ascii: "}"))
        if payload != nil { envelope.append(UInt8(ascii: "}")) }
        state.envelopeStable = envelope.count
    }

    private mutating func element(
        _ frame: EnvelopeState.Frame, _ tag: XMLScanner.Tag, _ bytes: Span<UInt8>, _ position: inout Int,
        _ document: inout ByteBuffer
    ) throws(WireError) -> Bool {
        if state.isLastStep(frame) {
            position = try converter.value(frame.shape, tag, bytes, to: &document)
            return true
        }
        position = tag.end
        if tag.kind == .open {
            state.frames.append(
                state.structureFrame(shape: frame.shape, step: frame.step + 1, part: 0, captures: false, start: 0))
        }
        return false
    }

    private mutating func child(
        _ frame: EnvelopeState.Frame, _ tag: XMLScanner.Tag, _ bytes: Span<UInt8>, _ position: inout Int,
        _ document: inout ByteBuffer, _ envelope: inout ByteBuffer
    ) throws(WireError) -> Bool {
        let member = plan.member(of: plan.nodes[frame.shape], named: bytes, tag.nameStart, tag.nameEnd)
        if state.frames.count == 1 {
            rootElements += 1
            if member != nil { rootMembers += 1 }
        }
        if let member, member == frame.target {
            return try follow(frame, plan.members[member], tag, bytes, &position, &document, &envelope)
        }
        guard let member, frame.captures else {
            position = tag.kind == .empty ? tag.end : try XMLScanner.skipElement(bytes, from: tag.end)
            return false
        }
        let shape = Int(plan.members[member].shape)
        guard !plan.members[member].isFlattened else {
            // Flattened lists beside the resources carry nothing that a listing needs.
            position = tag.kind == .empty ? tag.end : try XMLScanner.skipElement(bytes, from: tag.end)
            return false
        }
        appendKey(plan.members[member], frame, &envelope)
        position = try converter.value(shape, tag, bytes, to: &envelope)
        return false
    }

    /// Into the member that leads to the resources.
    private mutating func follow(
        _ frame: EnvelopeState.Frame, _ member: DecodingPlan.Member, _ tag: XMLScanner.Tag, _ bytes: Span<UInt8>,
        _ position: inout Int, _ document: inout ByteBuffer, _ envelope: inout ByteBuffer
    ) throws(WireError) -> Bool {
        let node = plan.nodes[Int(member.shape)]
        if state.leadsToList(frame) {
            let list = EnvelopeState.Frame(kind: .list, shape: Int(node.element), step: frame.step, captures: false)
            if member.isFlattened { return try element(list, tag, bytes, &position, &document) }
            position = tag.end
            if tag.kind == .open { state.frames.append(list) }
            return false
        }
        if frame.captures {
            appendKey(member, frame, &envelope)
            envelope.append(UInt8(ascii: "{"))
        }
        position = tag.end
        if tag.kind == .open {
            state.frames.append(
                state.structureFrame(
                    shape: Int(member.shape), step: frame.step, part: frame.part + 1, captures: frame.captures,
                    start: envelope.count))
        } else if frame.captures {
            envelope.append(UInt8(ascii: "}"))
        }
        return false
    }

    private func appendKey(_ member: DecodingPlan.Member, _ frame: EnvelopeState.Frame, _ envelope: inout ByteBuffer) {
        if envelope.count > frame.start { envelope.append(UInt8(ascii: ",")) }
        let key = Int(member.key.start)
        envelope.append(plan.names, key..<key + Int(member.key.count))
    }
}
