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
    /// Elements right below a root that the protocol does not name, and how many of them the output knows: a page that
    /// knows none is no reply.
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
        while let last = state.frames.indices.last {
            state.envelopeStable = envelope.count
            let tag = try XMLScanner.nextTag(bytes, from: position)
            // For every resource, and so without a copy of the frame.
            if tag.kind != .close, state.frames[last].kind == .list, state.isLastStep(state.frames[last].step) {
                position = try converter.value(state.frames[last].shape, tag, bytes, to: &document)
                return true
            }
            let frame = state.frames[last]
            if tag.kind == .close {
                if state.frames.count == 1, rootElements > 0, rootMembers == 0, expectedRoot == nil {
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
        while state.isRootOpen {
            let tag = try XMLScanner.nextTag(bytes, from: position)
            position = tag.kind == .open ? try XMLScanner.skipElement(bytes, from: tag.end) : tag.end
            if tag.kind == .close { state.isRootOpen = false }
        }
        position = bytes.count
        return false
    }

    /// Roots that are no output though the status says success: S3 sends errors so, proxies send pages.
    private static let refusedRoots = ["Error", "ErrorResponse", "html", "HTML"]

    private func checkRoot(_ tag: XMLScanner.Tag, _ bytes: Span<UInt8>) throws(WireError) {
        guard tag.kind != .close else { throw .malformed(offset: tag.nameStart, reason: "a closing tag at the start") }
        let name = Self.name(tag, bytes)
        if let expectedRoot, name != expectedRoot {
            throw .malformed(offset: tag.nameStart, reason: "the root element is not \(expectedRoot)")
        }
        guard !Self.refusedRoots.contains(name) else {
            throw .malformed(offset: tag.nameStart, reason: "the reply is <\(name)>, no output")
        }
    }

    private static func name(_ tag: XMLScanner.Tag, _ bytes: Span<UInt8>) -> String {
        String(decoding: (tag.nameStart..<tag.nameEnd).map { bytes[$0] }, as: UTF8.self)
    }

    private mutating func start(
        _ bytes: Span<UInt8>, _ position: inout Int, _ envelope: inout ByteBuffer
    ) throws(WireError) {
        var tag = try XMLScanner.nextTag(bytes, from: position)
        try checkRoot(tag, bytes)
        if let unwrappedRoot { return try startUnwrapped(unwrappedRoot, tag, bytes, &position, &envelope) }
        if let wrapper {
            let found = try find(wrapper, in: tag, bytes)
            guard let found else { return try startWithout(wrapper, tag, bytes, &position, &envelope) }
            tag = found
            state.isRootOpen = true
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

    /// A reply without the wrapper around the result is an empty output; where resources are listed it is no answer.
    private mutating func startWithout(
        _ wrapper: String, _ root: XMLScanner.Tag, _ bytes: Span<UInt8>, _ position: inout Int,
        _ envelope: inout ByteBuffer
    ) throws(WireError) {
        guard !state.lists else { throw .malformed(offset: root.end, reason: "the reply has no <\(wrapper)>") }
        state.isStarted = true
        envelope.append("{}")
        state.envelopeStable = envelope.count
        position = bytes.count
    }

    /// The result wrapper inside the root; `nil` when the reply has none.
    private func find(
        _ name: String, in root: XMLScanner.Tag, _ bytes: Span<UInt8>
    ) throws(WireError) -> XMLScanner.Tag? {
        guard root.kind == .open else { return nil }
        var index = root.end
        while true {
            let tag = try XMLScanner.nextTag(bytes, from: index)
            if tag.kind == .close { return nil }
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
        for (member, text) in frame.gathered {
            appendKey(plan.members[member], frame, &envelope)
            let isList = plan.nodes[Int(plan.members[member].shape)].kind == .list
            envelope.append(isList ? UInt8(ascii: "[") : UInt8(ascii: "{"))
            envelope.append(text)
            envelope.append(isList ? UInt8(ascii: "]") : UInt8(ascii: "}"))
        }
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
        if state.isLastStep(frame.step) {
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
        guard let member, !frame.seen.contains(member), frame.captures || member == frame.target else {
            position = tag.kind == .empty ? tag.end : try XMLScanner.skipElement(bytes, from: tag.end)
            return false
        }
        let last = state.frames.count - 1
        if member == frame.target {
            if !state.leadsToList(frame) { state.frames[last].seen.insert(member) }
            return try follow(frame, plan.members[member], tag, bytes, &position, &document, &envelope)
        }
        guard !plan.members[member].isFlattened else {
            position = try gather(member, tag, bytes)
            return false
        }
        appendKey(plan.members[member], frame, &envelope)
        position = try converter.value(Int(plan.members[member].shape), tag, bytes, to: &envelope)
        state.frames[last].seen.insert(member)
        return false
    }

    /// Keeps one element of a flattened list or map until the structure that has it ends; answers the place behind it.
    private mutating func gather(
        _ member: Int, _ tag: XMLScanner.Tag, _ bytes: Span<UInt8>
    ) throws(WireError) -> Int {
        var element = ByteBuffer(capacity: 256)
        let end = try converter.flattenedElement(Int(plan.members[member].shape), tag, bytes, to: &element)
        let last = state.frames.count - 1
        guard let place = state.frames[last].gathered.firstIndex(where: { $0.member == member }) else {
            state.frames[last].gathered.append((member, element.bytes()))
            return end
        }
        guard state.frames[last].gathered[place].text.count <= WireLimits.envelopeSizeInBytes else {
            throw .tooLarge(limit: WireLimits.envelopeSizeInBytes)
        }
        state.frames[last].gathered[place].text.append(UInt8(ascii: ","))
        state.frames[last].gathered[place].text.append(contentsOf: element.bytes())
        return end
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
