import Inventory

/// An account with the regions it is listed in.
package struct PlannedAccount: Sendable, Equatable {
    package var id: String
    /// Region names; may hold `Scope.global`.
    package var regions: [String]
    /// Type names, sorted.
    package var types: [String]

    package init(id: String, regions: [String], types: [String]) {
        self.id = id
        self.regions = regions
        self.types = types
    }
}

/// What is listed together: the selected types of one service in one scope.
package struct UnitPlan: Sendable, Equatable {
    package var unit: Unit
    /// Type names that are stored, sorted.
    package var types: [String]

    package init(unit: Unit, types: [String]) {
        self.unit = unit
        self.types = types
    }

    package var listings: [Listing] { types.map { Listing(type: $0, scope: unit.scope) } }
}

/// Turns accounts, regions and selected types into units of work. Pure.
package enum Planner {
    /// The units of one account, in the order in which they should start.
    ///
    /// - Parameter isOffered: whether a service exists in a region (or in `Scope.global`).
    package static func units(
        _ account: PlannedAccount, isOffered: (_ service: String, _ region: String) -> Bool
    ) -> [UnitPlan] {
        var types: [String: [String]] = [:]
        for type in account.types { types[String(type.prefix { $0 != "/" }), default: []].append(type) }
        var units: [UnitPlan] = []
        for service in types.keys.sorted() {
            for region in account.regions.sorted() where isOffered(service, region) {
                let unit = Unit(service: service, scope: Scope(account: account.id, region: region))
                units.append(UnitPlan(unit: unit, types: types[service, default: []].sorted()))
            }
        }
        return interleaved(units, by: { $0.unit.scope.region })
    }

    /// One of each group in turn, so that no group is served last: accounts among each other, regions within an account.
    package static func interleaved<Element, Key: Hashable & Comparable>(
        _ elements: [Element], by key: (Element) -> Key
    ) -> [Element] {
        var groups: [Key: [Element]] = [:]
        for element in elements { groups[key(element), default: []].append(element) }
        let keys = groups.keys.sorted()
        var result: [Element] = []
        result.reserveCapacity(elements.count)
        var round = 0
        while result.count < elements.count {
            for key in keys {
                guard let group = groups[key], round < group.count else { continue }
                result.append(group[round])
            }
            round += 1
        }
        return result
    }
}
