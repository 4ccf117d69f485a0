import JSON

/// What the catalogue knows of a resource type, and whether it is collected.
package struct TypeDescription: WireRecord {
    /// `ec2/instance`.
    package var type: String
    package var service: String
    /// `core`, `all` or `optIn`.
    package var group: String
    /// The configuration selects it for at least one account.
    package var selected: Bool
    /// AWS runs the service once for all regions.
    package var isGlobal: Bool
    /// The operation that lists.
    package var operation: String
    /// Operations called for each resource, or for batches of them, in their order.
    package var followUps: [String]
    /// IAM actions of all its calls, sorted.
    package var actions: [String]
    /// Those of them that no reference of IAM names: they are called like the operation on trust.
    package var guessedActions: [String]
    /// What becomes the stored id: `id` (the bare identifier), `arn`, or `qualified` (kind/parent ids/id).
    package var key: String
    /// Where the identifier stands in the reply's item.
    package var id: String
    /// Where the ARN stands, or the template it is made by.
    package var arn: String?
    /// Where the name stands, besides a `Name` tag.
    package var name: String?
    /// Where tags stand in the finished document.
    package var tags: String?
    /// The operation that brings them.
    package var tagOperation: String?
    /// The type whose resources it is listed for, each once.
    package var parent: String?
    /// Members replaced by a marker before storage.
    package var redacted: [String]
    /// Members that move by themselves and are no change.
    package var volatile: [String]
    /// CloudFormation's name, `AWS::EC2::Instance`.
    package var cloudFormation: String?

    package init(
        type: String, service: String, group: String, selected: Bool, isGlobal: Bool, operation: String,
        followUps:
            [String], actions: [String], guessedActions: [String], key: String, id: String, arn: String? = nil,
        name:
            String? = nil, tags: String? = nil, tagOperation: String? = nil, parent: String? = nil, redacted: [String],
        volatile: [String], cloudFormation: String? = nil
    ) {
        self.type = type
        self.service = service
        self.group = group
        self.selected = selected
        self.isGlobal = isGlobal
        self.operation = operation
        self.followUps = followUps
        self.actions = actions
        self.guessedActions = guessedActions
        self.key = key
        self.id = id
        self.arn = arn
        self.name = name
        self.tags = tags
        self.tagOperation = tagOperation
        self.parent = parent
        self.redacted = redacted
        self.volatile = volatile
        self.cloudFormation = cloudFormation
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        type = try reader.required("type")
        service = try reader.required("service")
        group = try reader.required("group")
        selected = try reader.required("selected")
        isGlobal = try reader.required("global")
        operation = try reader.required("operation")
        followUps = try reader.required("followUps")
        actions = try reader.required("actions")
        guessedActions = try reader.required("guessedActions")
        key = try reader.required("key")
        id = try reader.required("id")
        arn = try reader.optional("arn")
        name = try reader.optional("name")
        tags = try reader.optional("tags")
        tagOperation = try reader.optional("tagOperation")
        parent = try reader.optional("parent")
        redacted = try reader.required("redacted")
        volatile = try reader.required("volatile")
        cloudFormation = try reader.optional("cloudFormation")
    }

    package var wire: JSONValue {
        .compact(
            ("type", type.wire), ("service", service.wire), ("group", group.wire), ("selected", selected.wire),
            ("global", isGlobal.wire), ("operation", operation.wire), ("followUps", followUps.wire),
            (
                "actions",
                actions.wire
            ), ("guessedActions", guessedActions.wire), ("key", key.wire), ("id", id.wire),
            (
                "arn",
                arn?.wire
            ), ("name", name?.wire), ("tags", tags?.wire), ("tagOperation", tagOperation?.wire),
            (
                "parent",
                parent?.wire
            ), ("redacted", redacted.wire), ("volatile", volatile.wire),
            (
                "cloudFormation",
                cloudFormation?.wire
            ))
    }
}
