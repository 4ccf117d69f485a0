import AWS
import JSON

/// An item whose children are listed: the values that child calls may need.
package final class ParentItem: Sendable {
    /// What its children need of the item of the parent's listing, see `ParentProjection`.
    package let document: [UInt8]
    /// Its identifier within the parent's type.
    package let id: String
    /// The constant input of the call that found it.
    package let input: JSONValue
    package let parent: ParentItem?

    package init(document: [UInt8], id: String, input: JSONValue, parent: ParentItem?) {
        self.document = document
        self.id = id
        self.input = input
        self.parent = parent
    }
}

/// Everything around an item that its selectors and templates may speak of.
package struct ItemContext: Sendable {
    package let scope: Scope
    /// The region to call; for global services the partition's home region.
    package let region: String
    package let parent: ParentItem?
    /// The constant input of this call.
    package let input: JSONValue
    /// `aws`, `aws-cn`, `aws-us-gov`, as ARNs carry it.
    package let partition: String

    package init(scope: Scope, region: String, parent: ParentItem? = nil, input: JSONValue = .object([])) {
        self.scope = scope
        self.region = region
        self.parent = parent
        self.input = input
        partition = Partition(region: region).name
    }

    /// The identifiers of the parents, outermost first.
    var parentIDs: [String] {
        var ids: [String] = []
        var next = parent
        while let item = next {
            ids.append(item.id)
            next = item.parent
        }
        return ids.reversed()
    }
}
