import AWS

/// Follows paths of member names through a service's shapes.
struct ShapeWalk {
    let shapes: [Shape]

    /// The shape a path leads to; `[]` enters a list or map, another name in a map is one of its keys.
    func resolve(_ path: [String], from start: ShapeRef) -> ShapeRef? {
        var place = start
        for name in path {
            switch shapes[place] {
            case .structure(let structure):
                guard let member = structure.members.first(where: { $0.name == name }) else { return nil }
                place = member.shape
            case .list(let list) where name == "[]": place = list.element
            case .map(let map): place = map.value
            // Any JSON may stand here.
            case .document, .jsonValue: return place
            default: return nil
            }
        }
        return place
    }

    /// The shape of the elements an items path leads to; `nil` when a step leads to no list.
    func items(_ path: ResourceType.ItemPath, in start: ShapeRef) -> ShapeRef? {
        var place = start
        for step in path.steps {
            guard let list = resolve(step, from: place), case .list(let found) = shapes[list] else { return nil }
            place = found.element
        }
        return place
    }

    /// Members of a structure by name; none for other shapes.
    func members(of place: ShapeRef) -> [String: ShapeRef] {
        guard case .structure(let structure) = shapes[place] else { return [:] }
        return Dictionary(structure.members.map { ($0.name, $0.shape) }) { $1 }
    }

    func isStructure(_ place: ShapeRef) -> Bool {
        if case .structure = shapes[place] { true } else { false }
    }
}
