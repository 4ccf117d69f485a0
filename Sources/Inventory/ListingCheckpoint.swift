import JSON

/// Where a listing goes on: what has been shown before it was written and need not be asked for again.
package struct ListingPosition: Sendable, Equatable {
    /// Stands for everything that gives the other members their meaning: the operation, its inputs and the parents in
    /// their order. A position is only good for a listing of the same plan.
    package var plan: UInt64
    /// Index into the inputs that apply.
    package var input: Int
    /// Index into the parents; 0 where there are none.
    package var parent: Int
    /// The members that the page's input has and the first page's has not; empty before the first page.
    package var token: [JSONValue.Member]
    /// What has gone wrong so far without ending the listing: it is no proof any more.
    package var failure: ListingFailure?

    package init(
        plan: UInt64, input: Int, parent: Int, token: [JSONValue.Member] = [], failure: ListingFailure? = nil
    ) {
        self.plan = plan
        self.input = input
        self.parent = parent
        self.token = token
        self.failure = failure
    }
}

/// One resource that a listing has shown, in 16 bytes.
///
/// Two keys under one hash would at worst keep a row that is gone until the next refresh: among 500,000 resources that
/// happens once in 100,000,000 listings.
package struct SeenMark: Sendable, Equatable {
    /// Of the key's bytes.
    package var key: UInt64
    /// Half of the digest of the row that the store holds for it.
    package var digest: UInt64

    package init(key: UInt64, digest: UInt64) {
        self.key = key
        self.digest = digest
    }

    package init(key: Span<UInt8>, digest: Digest?) {
        var hash = StableHash()
        hash.add(key)
        self.init(key: hash.value, digest: digest?.low ?? 0)
    }
}

/// What a ledger keeps of a listing under way, so that another process can go on with it.
package struct ListingCheckpoint: Sendable, Equatable {
    package var listing: Listing
    package var position: ListingPosition
    /// What the listing had done to the store.
    package var changes: ChangeCounts
    /// Resources shown since the checkpoint before; as a ledger answers it, all that were shown.
    package var seen: [SeenMark]
    /// The listing began anew: what earlier checkpoints say counts no more.
    package var isFirst: Bool

    package init(
        listing: Listing, position: ListingPosition, changes: ChangeCounts, seen: [SeenMark], isFirst: Bool
    ) {
        self.listing = listing
        self.position = position
        self.changes = changes
        self.seen = seen
        self.isFirst = isFirst
    }
}

/// What another process, or a run that was given up, left of a listing.
package struct ListingRemains: Sendable {
    /// Where its reconciling stands; `nil` when it starts from the beginning, or has ended.
    package var checkpoint: ListingCheckpoint?
    /// Where it stands as a parent, also when it has ended or is listed for its children alone.
    package var parent: ParentPage?
    /// What it has done to the store, by the change log; `nil` where no log tells.
    package var changes: ChangeCounts?
    /// Another run left it: this one's ledger knows nothing of it.
    package var isForeign = false

    package init(
        checkpoint: ListingCheckpoint? = nil, parent: ParentPage? = nil, changes: ChangeCounts? = nil
    ) {
        self.checkpoint = checkpoint
        self.parent = parent
        self.changes = changes
    }

    /// The same for another run, which has done nothing of it itself.
    package var handedOver: ListingRemains {
        var remains = self
        remains.checkpoint?.changes = ChangeCounts()
        remains.changes = ChangeCounts()
        remains.isForeign = true
        return remains
    }
}

/// FNV-1a over 64 bits with a final mix, the same in every process and version: what is hashed is written to disk.
/// (http://www.isthe.com/chongo/tech/comp/fnv/; the mix is MurmurHash3's `fmix64`.)
package struct StableHash: Sendable {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    package init() {}

    package mutating func add(_ bytes: Span<UInt8>) {
        for index in 0..<bytes.count { state = (state ^ UInt64(bytes[index])) &* 0x0000_0100_0000_01b3 }
    }

    /// Adds a text and its end, so that `ab`, `c` and `a`, `bc` differ.
    package mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add($0.span) }
        state = (state ^ 0xff) &* 0x0000_0100_0000_01b3
    }

    package var value: UInt64 { Self.mix(state) }

    /// MurmurHash3's `fmix64`: every bit of the word moves every bit of what it becomes.
    static func mix(_ word: UInt64) -> UInt64 {
        var mixed = word
        mixed = (mixed ^ (mixed >> 33)) &* 0xff51_afd7_ed55_8ccd
        mixed = (mixed ^ (mixed >> 33)) &* 0xc4ce_b9fe_1a85_ec53
        return mixed ^ (mixed >> 33)
    }
}
