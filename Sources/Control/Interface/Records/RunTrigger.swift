/// What started a run.
package enum RunTrigger: String, WireValue, CaseIterable {
    case schedule
    /// A caller of this interface.
    case request
    /// The daemon was started for this one run.
    case once
}
