/// Where the output's members and the listed resources stand in a reply's body.
struct ReplyRoot {
    /// The shape of the body's root; `nil` when the output has no body.
    var shape: Int?
    /// The member that the body is the value of, where the model says so.
    var payload: String?
    /// The body is text or bytes, not a document.
    var isText = false
    /// Steps from the root to the resources.
    var steps: [[String]]?

    init(plan: DecodingPlan, operation: OperationModel, items: [[String]]?) {
        steps = items
        guard let output = operation.output, case .structure(let structure) = plan.model.shapes[output] else { return }
        shape = output
        let isREST = plan.model.wireProtocol == .restJSON || plan.model.wireProtocol == .restXML
        guard isREST, let member = structure.members.first(where: { $0.location == .payload }) else { return }
        payload = member.name
        shape = member.shape
        if plan.nodes[member.shape].isScalar, plan.nodes[member.shape].kind != .document { isText = true }
        if var first = items?.first, first.first == member.name {
            first.removeFirst()
            steps?[0] = first
        }
    }
}

/// Where a driver stands on its way to the resources.
struct EnvelopeState {
    struct Frame {
        enum Kind { case structure, list }
        var kind: Kind
        /// The structure's shape, or the list element's.
        var shape: Int
        /// The member that leads on; -1 when none does.
        var target = -1
        var step: Int
        var part = 0
        /// Members that do not lead on go to the envelope; only outside lists.
        var captures: Bool
        /// The envelope's length when this object was opened, to know whether a comma is due.
        var start = 0
        /// Members that the envelope has.
        var seen = MemberSet()
        /// Elements of flattened lists and maps that go to the envelope, which are written when the frame ends.
        var gathered: [(member: Int, text: [UInt8])] = []
        /// JSON: a value was read, so that a comma or the end must follow.
        var needsComma = false
    }

    let plan: DecodingPlan
    let steps: [[String]]
    var frames: [Frame] = []
    var isStarted = false
    /// How much of the envelope is there to stay when a value is tried again.
    var envelopeStable = 0
    /// XML: the element around the result's wrapper has not ended.
    var isRootOpen = false

    var isDone: Bool { isStarted && frames.isEmpty && !isRootOpen }

    /// Whether a list of resources is looked for.
    var lists: Bool { !steps.isEmpty }

    init(plan: DecodingPlan, root: ReplyRoot) {
        self.plan = plan
        steps = root.steps ?? []
    }

    /// A frame for the structure in which `steps[step][part]` is looked for.
    func structureFrame(shape: Int, step: Int, part: Int, captures: Bool, start: Int) -> Frame {
        var frame = Frame(kind: .structure, shape: shape, step: step, part: part, captures: captures, start: start)
        if step < steps.count, part < steps[step].count {
            frame.target = plan.member(of: shape, outputName: steps[step][part]) ?? -1
        }
        return frame
    }

    /// `true` when the frame's target is the list itself, not a structure on the way to it.
    func leadsToList(_ frame: Frame) -> Bool { frame.part == steps[frame.step].count - 1 }

    func isLastStep(_ step: Int) -> Bool { step == steps.count - 1 }
}
