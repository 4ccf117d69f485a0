import Inventory

/// When unchanged resources are written again so that they never expire.
package struct RenewalPolicy: Sendable, Equatable {
    /// Renewal is due when at most this many seconds of life remain, less a share that depends on the key.
    package var thresholdInSeconds = 45 * 86_400
    /// Keys are spread over this many seconds before the threshold, so that a table filled in one night is not renewed
    /// in one night.
    package var spreadInSeconds = 30 * 86_400

    package init() {}

    package func isDue(ttl: Int, now: Int, digest: Digest) -> Bool {
        // A share of the life as well: with the same offset in each life, whole periods would meet on some nights.
        let life = digest.low ^ UInt64(bitPattern: Int64(ttl)) &* 0x9e37_79b9_7f4a_7c15
        let offset = Int((life ^ life >> 32) % UInt64(max(spreadInSeconds, 1)))
        return ttl - now <= thresholdInSeconds - offset
    }
}
