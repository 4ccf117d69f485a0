import Inventory

/// Resources that had tags and were shown without any, until the listing has ended and it is known how many they are.
struct UntaggedResources {
    /// `KeyFingerprint`s of all of them.
    private(set) var fingerprints: Set<UInt64> = []
    private(set) var records: [ResourceRecord] = []
    private var sizeInBytes = 0

    /// Records kept meanwhile, few because tags hardly ever vanish: of more, only the number is known.
    private static let recordLimit = 500
    /// What the records of one listing may take: as much as a few write batches.
    private static let sizeLimitInBytes = 1 << 20

    var count: Int { fingerprints.count }

    /// Whether `records` holds every one, so that all can still be written.
    var isWhole: Bool { records.count == fingerprints.count }

    mutating func add(_ record: ResourceRecord, fingerprint: UInt64) {
        guard fingerprints.insert(fingerprint).inserted, records.count < Self.recordLimit,
            sizeInBytes + record.data.count <= Self.sizeLimitInBytes
        else { return }
        records.append(record)
        sizeInBytes += record.data.count
    }

    /// Forgets a resource that was shown again with other content.
    mutating func remove(id: String, fingerprint: UInt64) {
        guard fingerprints.remove(fingerprint) != nil,
            let index = records.firstIndex(where: { $0.id == id })
        else { return }
        sizeInBytes -= records.remove(at: index).data.count
    }
}
