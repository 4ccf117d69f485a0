import AWS

/// Facts about role ARNs that the configuration leaves open.
enum RoleName {
    /// The partition that ARNs of a region carry.
    static func partition(_ region: String) -> String { Partition(region: region).name }
}
