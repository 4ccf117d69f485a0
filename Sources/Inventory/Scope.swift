/// A place where resources are listed: one account in one region.
package struct Scope: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Twelve digits.
    package var account: String
    /// A region name, or `Scope.global` for services that AWS runs once for all regions.
    package var region: String

    package init(account: String, region: String) {
        self.account = account
        self.region = region
    }

    /// The region of global services in scopes; stored keys say `global`.
    package static let global = "aws-global"

    package static func < (lhs: Scope, rhs: Scope) -> Bool { (lhs.account, lhs.region) < (rhs.account, rhs.region) }

    package var description: String { "\(account)/\(region)" }
}

/// One service in one scope: the partition of stored resources and the subject of one metadata record.
package struct Unit: Hashable, Sendable, Comparable, CustomStringConvertible {
    package var service: String
    package var scope: Scope

    package init(service: String, scope: Scope) {
        self.service = service
        self.scope = scope
    }

    package var account: String { scope.account }

    /// The region as stored: `global` for global services.
    package var storedRegion: String { scope.region == Scope.global ? "global" : scope.region }

    /// `service#accountId#region`, the `pk` of every resource in the unit.
    package var partitionKey: String { "\(service)#\(account)#\(storedRegion)" }

    package static func < (lhs: Unit, rhs: Unit) -> Bool {
        (lhs.service, lhs.scope) < (rhs.service, rhs.scope)
    }

    package var description: String { "\(service) \(scope)" }
}

/// One resource type in one scope: the atom of work, of outcomes and of deletion.
package struct Listing: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// `service/kind`, as in `ec2/instance`.
    package var type: String
    package var scope: Scope

    package init(type: String, scope: Scope) {
        self.type = type
        self.scope = scope
    }

    package var service: String { String(type.prefix { $0 != "/" }) }

    package var unit: Unit { Unit(service: service, scope: scope) }

    package static func < (lhs: Listing, rhs: Listing) -> Bool { (lhs.type, lhs.scope) < (rhs.type, rhs.scope) }

    package var description: String { "\(type) \(scope)" }
}
