import JSON

/// One kind of resource of a service: what to call, what to read, how to name what comes back. Facts only; the
/// catalogue's interpreter does the work.
package struct ResourceType: Sendable {
    /// `ec2/instance`: the service's AWS CLI name and the kind.
    package var name: String
    package var service: String
    package var kind: String
    package var group: Group
    /// The operation that lists, and where its resources stand.
    package var operation: String
    package var items: ItemPath
    /// The member that a list's bare string becomes in the document: `QueueUrl`; `nil` where items are structures.
    package var itemMember: String?
    /// The identifier within the reply's item.
    package var id: Selector
    package var arn: ARNRule?
    package var key: KeyRule
    /// Where the human name stands, besides a `Name` tag.
    package var displayName: Selector?
    /// Where tags stand in the finished document: a list of key and value structures or a map.
    package var tags: [String]
    package var pagination: Pagination?
    /// The list operation is called once for each.
    package var inputs: [ConstantInput]
    package var parent: Parent?
    package var detail: FollowUp?
    package var enrichments: [FollowUp]
    /// Members replaced by a marker before storage, and with `!` in front such as are not though `[]` names them too.
    package var redactions: [MemberPath]
    /// Members left out of the digest.
    package var volatile: [MemberPath]
    /// Lists whose order means nothing.
    package var sets: [MemberPath]
    /// IAM actions that the calls need: `ec2:DescribeInstances`.
    package var actions: [String]
    /// The service's name in ARNs, where only the Resource Groups Tagging API tells the type's tags; they become the
    /// document's member ``taggingMember``.
    package var tagging: String?
    /// CloudFormation's name for the type, where there is one.
    package var cloudFormationType: String?

    /// The member that holds tags which the Resource Groups Tagging API told.
    static let taggingMember = "Tags"

    package enum Group: String, Sendable {
        /// What every estate uses.
        case core
        case all
        /// Unbounded, data plane or personal data: only when named.
        case optIn
    }

    /// Names of members from the outside in; `[]` as a name means every element of a list or value of a map.
    package typealias MemberPath = [String]

    /// `Reservations[].Instances[]`: lists within structures within lists, the last one's elements are the resources.
    package struct ItemPath: Sendable, Equatable {
        /// Each step leads through structures to one list.
        package var steps: [[String]]

        package init(steps: [[String]]) { self.steps = steps }
    }

    /// Picks one value out of a document: the first alternative that is present and not null.
    package struct Selector: Sendable, Equatable {
        package enum Origin: Sendable, Equatable {
            /// The item itself (the reply's, before follow-ups).
            case item
            /// The parent's item, so many levels up (1 is the parent).
            case ancestor(Int)
            /// The result of the detail call.
            case detail
            /// The constant input of this call.
            case input
        }

        package struct Path: Sendable, Equatable {
            package var origin: Origin
            /// Empty means the whole item, which is then a string.
            package var members: [String]
            /// Keep only what follows the last `/`.
            package var lastSegment: Bool

            package init(origin: Origin, members: [String], lastSegment: Bool = false) {
                self.origin = origin
                self.members = members
                self.lastSegment = lastSegment
            }
        }

        /// Parts of a composite identifier, joined by `|`; each the first present of its alternatives.
        package var parts: [[Path]]

        package init(parts: [[Path]]) { self.parts = parts }
    }

    package enum ARNRule: Sendable, Equatable {
        case selector(Selector)
        /// With `{partition} {region} {account} {id} {id/} {id-} {^id} {.Member}` places.
        case template(String)
        /// The template stands in where the selector finds no ARN: in replies of older or simpler sources.
        case either(Selector, template: String)

        /// Where the ARN stands in the document, if it may stand there.
        package var selector: Selector? {
            switch self {
            case .selector(let selector), .either(let selector, _): selector
            case .template: nil
            }
        }
    }

    /// What becomes `sk`.
    package enum KeyRule: String, Sendable {
        /// The bare identifier: unique in the service, or stored bare by the replaced system.
        case id
        /// The ARN, as the list's item carries it; `qualified` where the value is absent or no ARN
        /// (`PendingConfirmation`).
        case arn
        /// `kind/parent ids/id`.
        case qualified
    }

    package struct Pagination: Sendable, Equatable {
        package var inputs: [String]
        package var outputs: [[String]]
        /// A flag that says whether there is more; without it a token does.
        package var more: [String]?

        package init(inputs: [String], outputs: [[String]], more: [String]?) {
            self.inputs = inputs
            self.outputs = outputs
            self.more = more
        }
    }

    package struct ConstantInput: Sendable {
        /// An object; strings may hold `{account}`.
        package var members: JSONValue
        /// Only sent in this region.
        package var onlyRegion: String?

        package init(members: JSONValue, onlyRegion: String?) {
            self.members = members
            self.onlyRegion = onlyRegion
        }
    }

    package struct Parent: Sendable {
        /// The kind of the parent, of the same service.
        package var kind: String
        /// Input member and where its value stands; `.item` is the parent's item here.
        package var inputs: [(member: String, from: Selector)]

        package init(kind: String, inputs: [(member: String, from: Selector)]) {
            self.kind = kind
            self.inputs = inputs
        }
    }

    /// A further call per resource (or per batch of resources).
    package struct FollowUp: Sendable {
        package var operation: String
        package var constants: JSONValue
        package var inputs: [(member: String, from: Selector)]
        /// Where in the reply the document stands; empty is the whole reply.
        package var path: [String]
        /// The member of the resource that gets the document; `nil` merges it into the resource.
        package var into: String?
        /// Error codes that mean "there is none".
        package var ignoredErrors: [String]
        /// How many resources one call takes, with the list of documents at `items`; 1 calls once per resource.
        /// The input whose shape is a list takes the resources' values; the others must be equal within a batch.
        package var batchSize: Int
        package var items: ItemPath?
        /// Where in each of a batch's documents the value stands that says whose it is.
        package var match: [String]
        /// The region that answers, where it is not the listing's: an S3 bucket's own. No value means the listing's.
        package var region: Selector?

        package init(
            operation: String, constants: JSONValue, inputs: [(member: String, from: Selector)], path: [String],
            into: String?, ignoredErrors: [String], batchSize: Int, items: ItemPath?, match: [String] = [],
            region: Selector? = nil
        ) {
            self.operation = operation
            self.constants = constants
            self.inputs = inputs
            self.path = path
            self.into = into
            self.ignoredErrors = ignoredErrors
            self.batchSize = batchSize
            self.items = items
            self.match = match
            self.region = region
        }
    }

    package init(
        name: String, service: String, kind: String, group: Group, operation: String, items: ItemPath, id: Selector,
        arn: ARNRule?, key: KeyRule, displayName: Selector?, tags: [String], pagination: Pagination?,
        inputs: [ConstantInput], parent: Parent?, detail: FollowUp?, enrichments: [FollowUp], redactions: [MemberPath],
        volatile: [MemberPath], sets: [MemberPath], actions: [String], cloudFormationType: String?,
        itemMember: String? = nil, tagging: String? = nil
    ) {
        self.name = name
        self.service = service
        self.kind = kind
        self.group = group
        self.operation = operation
        self.items = items
        self.id = id
        self.arn = arn
        self.key = key
        self.displayName = displayName
        self.tags = tags
        self.pagination = pagination
        self.inputs = inputs
        self.parent = parent
        self.detail = detail
        self.enrichments = enrichments
        self.redactions = redactions
        self.volatile = volatile
        self.sets = sets
        self.actions = actions
        self.cloudFormationType = cloudFormationType
        self.itemMember = itemMember
        self.tagging = tagging
    }
}
