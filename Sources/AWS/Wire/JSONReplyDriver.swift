import JSON

/// Walks a JSON reply from its root to the listed resources, one token at a time and resumable at any of them.
struct JSONReplyDriver {
    var state: EnvelopeState
    private var converter: JSONConverter
    private let plan: DecodingPlan
    private let rootShape: Int
    private let payload: String?
    private var rootMembers = RootMembers()

    /// What stood in the root object: one with members of which none is known (`{"message":"Forbidden"}`) is no answer.
    private struct RootMembers {
        private var hasKnown = false
        private var hasUnknown = false

        var isForeign: Bool { hasUnknown && !hasKnown }

        mutating func note(isKnown: Bool) {
            if isKnown { hasKnown = true } else { hasUnknown = true }
        }
    }

    init(plan: DecodingPlan, root: ReplyRoot) {
        self.plan = plan
        state = EnvelopeState(plan: plan, root: root)
        converter = JSONConverter(plan: plan)
        rootShape = root.shape ?? 0
        payload = root.payload
    }

    /// Appends the next resource to `document` and answers `true`, or `false` at the end of the reply.
    mutating func advance(
        _ bytes: Span<UInt8>, _ position: inout Int, _ document: inout ByteBuffer, _ envelope: inout ByteBuffer
    ) throws(WireError) -> Bool {
        if !state.isStarted { try start(bytes, &position, &envelope) }
        while let frame = state.frames.last {
            state.envelopeStable = envelope.count
            let end = frame.kind == .list ? UInt8(ascii: "]") : UInt8(ascii: "}")
            var index = try JSONScanner.next(bytes, from: position)
            if bytes[index] == end {
                position = index + 1
                try close(frame, at: index, &envelope)
                continue
            }
            if frame.needsComma { index = try afterComma(bytes, index, end) }
            let last = state.frames.count - 1
            var isResource = false
            if frame.kind == .list {
                isResource = try element(frame, bytes, index, &position, &document)
            } else {
                try member(frame, bytes, index, &position, &envelope)
            }
            state.frames[last].needsComma = true
            if isResource { return true }
        }
        try checkEnd(bytes, &position)
        return false
    }

    /// The place of the next member or element, past the comma that must stand at `index`.
    private func afterComma(_ bytes: Span<UInt8>, _ index: Int, _ end: UInt8) throws(WireError) -> Int {
        guard bytes[index] == UInt8(ascii: ",") else { throw .malformed(offset: index, reason: "expected ','") }
        let next = try JSONScanner.next(bytes, from: index + 1)
        guard bytes[next] != end else { throw .malformed(offset: next, reason: "a comma before the end") }
        return next
    }

    /// Nothing but white space may follow the document.
    private func checkEnd(_ bytes: Span<UInt8>, _ position: inout Int) throws(WireError) {
        while position < bytes.count {
            guard bytes[position] <= 0x20 else {
                throw .malformed(offset: position, reason: "text after the end of the document")
            }
            position += 1
        }
    }

    private mutating func start(
        _ bytes: Span<UInt8>, _ position: inout Int, _ envelope: inout ByteBuffer
    ) throws(WireError) {
        let index = try JSONScanner.next(bytes, from: position)
        guard bytes[index] == UInt8(ascii: "{") else { return try startOther(bytes, index, &position, &envelope) }
        envelope.append(UInt8(ascii: "{"))
        if let payload {
            envelope.append(JSONValue.string(payload).serialized)
            envelope.append(":{")
        }
        state.isStarted = true
        state.envelopeStable = envelope.count
        position = index + 1
        state.frames.append(
            state.structureFrame(shape: rootShape, step: 0, part: 0, captures: true, start: envelope.count))
    }

    /// A payload that is a list, a map's value or a document; an output that is no object is refused.
    private mutating func startOther(
        _ bytes: Span<UInt8>, _ index: Int, _ position: inout Int, _ envelope: inout ByteBuffer
    ) throws(WireError) {
        guard let payload else { throw .malformed(offset: index, reason: "expected an object") }
        let node = plan.nodes[rootShape]
        if node.kind == .list, bytes[index] == UInt8(ascii: "["), state.steps == [[]] {
            envelope.append("{}")
            state.isStarted = true
            state.envelopeStable = envelope.count
            position = index + 1
            state.frames.append(EnvelopeState.Frame(kind: .list, shape: Int(node.element), step: 0, captures: false))
            return
        }
        let mark = envelope.count
        envelope.append(UInt8(ascii: "{"))
        envelope.append(JSONValue.string(payload).serialized)
        envelope.append(UInt8(ascii: ":"))
        do throws(WireError) {
            position = try converter.value(rootShape, bytes, from: index, to: &envelope)
        } catch {
            envelope.truncate(to: mark)
            throw error
        }
        envelope.append(UInt8(ascii: "}"))
        state.isStarted = true
        state.envelopeStable = envelope.count
    }

    private mutating func close(
        _ frame: EnvelopeState.Frame, at index: Int, _ envelope: inout ByteBuffer
    ) throws(WireError) {
        if state.frames.count == 1, !state.steps.isEmpty, rootMembers.isForeign {
            throw .malformed(offset: index, reason: "nothing in the reply is what the operation answers")
        }
        state.frames.removeLast()
        if frame.kind == .structure, frame.captures {
            envelope.append(UInt8(ascii: "}"))
            if state.frames.isEmpty, payload != nil { envelope.append(UInt8(ascii: "}")) }
        }
        state.envelopeStable = envelope.count
    }

    private mutating func member(
        _ frame: EnvelopeState.Frame, _ bytes: Span<UInt8>, _ quote: Int, _ position: inout Int,
        _ envelope: inout ByteBuffer
    ) throws(WireError) {
        guard bytes[quote] == UInt8(ascii: "\"") else {
            throw .malformed(offset: quote, reason: "expected a member name")
        }
        let nameEnd = try JSONScanner.closingQuote(bytes, from: quote + 1)
        let colon = try JSONScanner.expect(UInt8(ascii: ":"), bytes, from: nameEnd + 1)
        let value = try JSONScanner.next(bytes, from: colon)
        let found = plan.member(of: plan.nodes[frame.shape], named: bytes, quote + 1, nameEnd)
        // Older services name the output's shape: `__type` says nothing.
        if state.frames.count == 1, found != nil || bytes[quote + 1] != UInt8(ascii: "_") {
            rootMembers.note(isKnown: found != nil)
        }
        guard let found, bytes[value] != UInt8(ascii: "n"), !frame.seen.contains(found) else {
            position = try JSONScanner.skip(bytes, from: value)
            return
        }
        let last = state.frames.count - 1
        if found == frame.target, follow(frame, plan.members[found], bytes[value], &envelope) {
            state.frames[last].seen.insert(found)
            position = value + 1
            return
        }
        guard found != frame.target else {
            // Not the list that it must be: nothing may be taken for gone on its word.
            throw .malformed(offset: value, reason: "expected a list or an object")
        }
        guard frame.captures else {
            position = try JSONScanner.skip(bytes, from: value)
            return
        }
        let member = plan.members[found]
        appendKey(member, frame, &envelope)
        position = try converter.value(Int(member.shape), bytes, from: value, to: &envelope)
        state.frames[last].seen.insert(found)
    }

    /// Opens the frame of the member that leads to the resources, when its value starts as it must.
    private mutating func follow(
        _ frame: EnvelopeState.Frame, _ member: DecodingPlan.Member, _ first: UInt8, _ envelope: inout ByteBuffer
    ) -> Bool {
        if state.leadsToList(frame) {
            guard first == UInt8(ascii: "[") else { return false }
            let element = Int(plan.nodes[Int(member.shape)].element)
            state.frames.append(
                EnvelopeState.Frame(kind: .list, shape: element, step: frame.step, captures: false))
            return true
        }
        guard first == UInt8(ascii: "{") else { return false }
        if frame.captures {
            appendKey(member, frame, &envelope)
            envelope.append(UInt8(ascii: "{"))
        }
        state.frames.append(
            state.structureFrame(
                shape: Int(member.shape), step: frame.step, part: frame.part + 1, captures: frame.captures,
                start: envelope.count))
        return true
    }

    private mutating func element(
        _ frame: EnvelopeState.Frame, _ bytes: Span<UInt8>, _ index: Int, _ position: inout Int,
        _ document: inout ByteBuffer
    ) throws(WireError) -> Bool {
        if bytes[index] == UInt8(ascii: "n") {
            position = try JSONScanner.skip(bytes, from: index)
            return false
        }
        if state.isLastStep(frame.step) {
            position = try converter.value(frame.shape, bytes, from: index, to: &document)
            return true
        }
        guard bytes[index] == UInt8(ascii: "{") else {
            position = try JSONScanner.skip(bytes, from: index)
            return false
        }
        position = index + 1
        state.frames.append(
            state.structureFrame(shape: frame.shape, step: frame.step + 1, part: 0, captures: false, start: 0))
        return false
    }

    private func appendKey(_ member: DecodingPlan.Member, _ frame: EnvelopeState.Frame, _ envelope: inout ByteBuffer) {
        if envelope.count > frame.start { envelope.append(UInt8(ascii: ",")) }
        let key = Int(member.key.start)
        envelope.append(plan.names, key..<key + Int(member.key.count))
    }
}
