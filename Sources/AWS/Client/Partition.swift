/// A group of regions with accounts and a DNS suffix of its own (botocore's `partitions.json`).
package struct Partition: Sendable, Equatable {
    /// As in ARNs: `aws`, `aws-cn`.
    package let name: String
    package let dnsSuffix: String
    /// Where its global services are signed.
    package let implicitRegion: String

    /// The partition of a region; an unknown region is taken to be a new one of `aws`.
    package init(region: String) {
        let match = Self.table.first { region.hasPrefix($0.regionPrefix) || region == $0.name + "-global" }
        name = match?.name ?? "aws"
        dnsSuffix = match?.suffix ?? "amazonaws.com"
        implicitRegion = match?.implicitRegion ?? "us-east-1"
    }

    private static let table: [(regionPrefix: String, name: String, suffix: String, implicitRegion: String)] = [
        ("cn-", "aws-cn", "amazonaws.com.cn", "cn-northwest-1"),
        ("us-gov-", "aws-us-gov", "amazonaws.com", "us-gov-west-1"),
        ("us-isob-", "aws-iso-b", "sc2s.sgov.gov", "us-isob-east-1"),
        ("us-isof-", "aws-iso-f", "csp.hci.ic.gov", "us-isof-south-1"),
        ("us-iso-", "aws-iso", "c2s.ic.gov", "us-iso-east-1"),
        ("eu-isoe-", "aws-iso-e", "cloud.adc-e.uk", "eu-isoe-west-1"),
        ("eusc-", "aws-eusc", "amazonaws.eu", "eusc-de-east-1"),
    ]
}
