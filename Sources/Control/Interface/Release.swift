/// The release that this code belongs to; daemon and client come from one build.
package enum Release {
    /// `MAJOR.MINOR.PATCH` (https://semver.org).
    package static let version = "0.1.0"
    /// The day of the release, or of the last change to what its manual says: `YYYY-MM-DD`.
    package static let date = "2026-11-21"
    /// As manual pages name it.
    package static let source = "inventory-collector \(version)"
}
