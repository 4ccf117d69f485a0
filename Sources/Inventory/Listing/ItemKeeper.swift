import JSON

/// Gathers the items of a parent's listing for its children, in memory and for the ledger.
struct ItemKeeper: Sendable {
    private let projection: ParentProjection
    private(set) var items: [ParentItem] = []
    /// Found since the ledger was told last.
    private var untold: [KeptItem] = []
    private var sizeInBytes = 0
    /// `false` once something was found that is not to be written down: from there on the ledger is told nothing.
    private(set) var isStorable: Bool

    init(_ projection: ParentProjection) {
        self.projection = projection
        isStorable = projection.isStorable
    }

    /// Takes the items of a page.
    ///
    /// - Parameters:
    ///   - input: index of the call's constant input.
    ///   - parent: index of the parent it was made for.
    mutating func add(_ page: [[UInt8]], reader: TypeReader, context: ItemContext, input: Int, parent: Int) {
        for item in page {
            let id = reader.id(ofItem: item, context)
            let kept = projection.apply(to: item)
            items.append(ParentItem(document: kept ?? item, id: id, input: context.input, parent: context.parent))
            guard let kept else {
                forget()
                continue
            }
            note(KeptItem(input: input, parent: parent, id: id, document: kept))
        }
    }

    private mutating func note(_ item: KeptItem) {
        guard isStorable else { return }
        sizeInBytes += item.sizeInBytes
        if sizeInBytes > KeptItem.limitInBytes { forget() } else { untold.append(item) }
    }

    private mutating func forget() {
        isStorable = false
        untold = []
    }

    /// What the ledger does not know yet.
    mutating func tell() -> [KeptItem] {
        defer { untold = [] }
        return untold
    }

    /// Takes up what another process found; `false` when it does not fit these calls.
    mutating func restore(_ kept: [KeptItem], inputs: [JSONValue], parents: [ParentItem?]) -> Bool {
        for item in kept {
            guard inputs.indices.contains(item.input), parents.indices.contains(item.parent) else { return false }
            items.append(
                ParentItem(
                    document: item.document, id: item.id, input: inputs[item.input], parent: parents[item.parent]))
            sizeInBytes += item.sizeInBytes
        }
        return true
    }
}
