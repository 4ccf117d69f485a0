/// The fixed part of an hour, or of any span, by which a host delays a schedule: `RandomizedDelaySec=`.
///
/// It spreads many collectors over time and stays the same across reloads, reboots and releases. The constants below
/// must therefore never change: changing one moves every schedule of every host.
package enum StableDelay {
    /// Whole seconds from 0 to `maximum`, evenly spread over pairs of host and schedule; 0 when `maximum` is not above 0.
    ///
    /// The hash is 64-bit FNV-1a over the host's UTF-8 bytes, a zero byte and the schedule's, mixed by the finaliser of
    /// SplitMix64; the delay is the high word of its product with `maximum + 1`.
    package static func seconds(host: String, schedule: String, maximum: Int64) -> Int64 {
        guard maximum > 0 else { return 0 }
        // FNV-1a, 64 bits: offset basis and prime, http://www.isthe.com/chongo/tech/comp/fnv/
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in Array(host.utf8) + [0] + Array(schedule.utf8) {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        // FNV leaves the high bits of short names alike; SplitMix64's finaliser (Steele, Lea, Flood 2014) mixes them.
        hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
        hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
        hash ^= hash >> 31
        return Int64(hash.multipliedFullWidth(by: UInt64(maximum) + 1).high)
    }
}
