/// Every method of the interface; the raw value is its name on the wire.
package enum CollectorMethod: String, Sendable, CaseIterable {
    case refresh = "Refresh"
    case cancel = "Cancel"
    case runs = "Runs"
    case describeRun = "DescribeRun"
    case status = "Status"
    case metadata = "Metadata"
    case list = "List"
    case get = "Get"
    case changes = "Changes"
    case monitor = "Monitor"
    case schedules = "Schedules"
    case coverage = "Coverage"
    case services = "Services"
    case accounts = "Accounts"
    case reload = "Reload"
    case configuration = "Configuration"
    case types = "Types"
    case iamPolicy = "IAMPolicy"
    case trustPolicy = "TrustPolicy"
    case doctor = "Doctor"

    /// The interface that all of them belong to.
    package static let interface = "io.inventorycollector.Collector"

    /// Interface and method, as it stands in a call.
    package var fullName: String { "\(Self.interface).\(rawValue)" }
}

/// The parameters of one method, which name the method and the shape of its reply.
package protocol CallParameters: WireRecord {
    associatedtype Reply: WireRecord

    static var method: CollectorMethod { get }
}

/// How much one reply may hold when the caller says so.
enum PageLimit {
    /// Ten thousand resources of a kilobyte or two each come close to the greatest reply that is sent.
    static let bounds = 1...10_000
}
