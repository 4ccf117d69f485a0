import Telemetry

/// What the `[Collector]` section says; the values here are the defaults.
struct CollectorSettings: SettingGroup {
    /// Listings in flight, 1 to 1,024.
    var workers = 32
    /// Of each request limit that AWS's throttles have taught, in percent, 10 to 100.
    var apiShare = 100
    var regions = RegionSelection.enabled
    /// Selection words in order: groups, services, globs, `!` takes away.
    var types = ["core"]
    /// Selection words of types whose secrets are stored as they are; empty redacts all.
    var unredacted: [String] = []
    var stateDirectory = "/var/lib/inventory-collectord"
    var socket = "/run/inventory-collectord/control"
    var logLevel = LogLevel.info
    /// Of one HTTP request with all its retries left out.
    var callTimeout = Duration.seconds(60)
    /// Of all pages of one listing, retries and waits for the rate included.
    var listingTimeout = Duration.seconds(15 * 60)
    var runTimeout = Duration.seconds(6 * 3_600)
    /// 0 believes every complete listing.
    var shrinkGuardInPercent = 50
    var catalogueDirectory = "/etc/inventory-collectord/catalogue.d"
}
