import Synchronization

/// Derived signing keys, which hold for one secret, day, region and service. Deriving one costs four HMACs.
final class SigningKeys: Sendable {
    /// 32 accounts in flight, each with a day's 30 regions; a key and its place take about 400 bytes.
    static let limit = 1024

    private struct Place: Hashable {
        let secret: String
        let day: Substring
        let region: String
        let service: String
    }

    private let known = Mutex<[Place: HMAC]>([:])

    func key(secret: String, day: Substring, region: String, service: String) -> HMAC {
        let place = Place(secret: secret, day: day, region: region, service: service)
        if let key = known.withLock({ $0[place] }) { return key }
        var key = HMAC(key: Array("AWS4".utf8) + Array(secret.utf8))
        for part in [String(day), region, service, "aws4_request"] { key = HMAC(key: key.code(part).array) }
        known.withLock {
            if $0.count >= Self.limit { $0.removeAll(keepingCapacity: true) }
            $0[place] = key
        }
        return key
    }
}
