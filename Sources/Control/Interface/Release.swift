/// The release that this code belongs to; daemon and client come from one build.
package enum Release {
    /// `MAJOR.MINOR.PATCH` (https://semver.org).
    package static let version = "0.1.0"
}
