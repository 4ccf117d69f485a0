import JSON

/// Reads shape descriptors; scalars, which descriptors name by a letter, get one shape each behind the described ones.
struct ShapeTableParser {
    /// How many shapes are described.
    let count: Int

    private static let scalars: [(letter: String, shape: Shape)] = [
        ("s", .string), ("i", .integer), ("f", .float), ("b", .boolean), ("x", .blob), ("t", .timestamp),
        ("d", .document), ("j", .jsonValue), ("p", .policyDocument),
    ]

    private static let locations: [String: Shape.Location] = [
        "h": .header, "H": .headers, "S": .statusCode, "a": .attribute, "q": .query, "u": .uri, "p": .payload,
    ]

    func shapes(_ descriptors: [JSONValue]) throws(ServiceModelError) -> [Shape] {
        var shapes: [Shape] = []
        shapes.reserveCapacity(count + Self.scalars.count)
        for (index, descriptor) in descriptors.enumerated() {
            shapes.append(try shape(descriptor, entry: "shapes[\(index)]"))
        }
        shapes.append(contentsOf: Self.scalars.map(\.shape))
        return shapes
    }

    /// The index of the shape that a descriptor refers to, by index or by a scalar's letter.
    func reference(_ value: JSONValue, entry: String) throws(ServiceModelError) -> ShapeRef {
        if let index = value.int, (0..<count).contains(index) { return index }
        if let letter = value.string, let place = Self.scalars.firstIndex(where: { $0.letter == letter }) {
            return count + place
        }
        throw ServiceModelError(entry: entry, reason: "\(value.text) refers to no shape")
    }

    private func shape(_ descriptor: JSONValue, entry: String) throws(ServiceModelError) -> Shape {
        if let members = descriptor.members { return .structure(try structure(members, entry: entry)) }
        guard let fields = descriptor.array, let kind = fields.first?.string else {
            throw ServiceModelError(entry: entry, reason: "expected a list, a map or a structure")
        }
        switch (kind, fields.count) {
        case ("l", 2), ("l", 4):
            return .list(
                Shape.List(
                    element: try reference(fields[1], entry: entry),
                    itemName: fields.count == 4 ? fields[2].string : nil,
                    isFlattened: fields.count == 4 && fields[3].int == 1))
        case ("m", 3), ("m", 6):
            return .map(
                Shape.Map(
                    key: try reference(fields[1], entry: entry), value: try reference(fields[2], entry: entry),
                    keyName: fields.count == 6 ? fields[3].string : nil,
                    valueName: fields.count == 6 ? fields[4].string : nil,
                    isFlattened: fields.count == 6 && fields[5].int == 1))
        default:
            throw ServiceModelError(entry: entry, reason: "\"\(kind)\" with \(fields.count) fields is not known")
        }
    }

    private func structure(
        _ members: [JSONValue.Member], entry: String
    ) throws(ServiceModelError) -> Shape.Structure {
        var found: [Shape.Member] = []
        found.reserveCapacity(members.count)
        var isUnion = false
        for member in members {
            guard !member.key.isEmpty else {
                isUnion = true
                continue
            }
            let fields = member.value.array ?? [member.value]
            let memberEntry = "\(entry).\(member.key)"
            guard let target = fields.first, fields.count <= 3 else {
                throw ServiceModelError(entry: memberEntry, reason: "expected [shape, wire name?, location?]")
            }
            var location = Shape.Location.body
            if fields.count == 3 {
                guard let known = fields[2].string.flatMap({ Self.locations[$0] }) else {
                    throw ServiceModelError(entry: memberEntry, reason: "\(fields[2].text) is no location")
                }
                location = known
            }
            found.append(
                Shape.Member(
                    name: member.key, wireName: fields.count > 1 ? fields[1].string ?? member.key : member.key,
                    shape: try reference(target, entry: memberEntry), location: location))
        }
        return Shape.Structure(members: found, isUnion: isUnion)
    }
}
