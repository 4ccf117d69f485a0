/// Where a run stands.
package enum RunState: String, WireValue, CaseIterable {
    case running
    /// Every listing ended as it should.
    case succeeded
    /// Some listings failed; what they would have replaced is kept.
    case partial
    /// No listing ended as it should.
    case failed
    /// Somebody cancelled it.
    case cancelled
    /// The daemon ended while it was under way.
    case interrupted

    /// `true` when nothing more will happen to the run.
    package var isFinal: Bool { self != .running }
}
