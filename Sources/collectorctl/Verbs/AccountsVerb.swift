import Control

/// `collectorctl accounts`.
enum AccountsVerb {
    static let verb = Verb(
        "accounts", summary: "List the accounts that are collected, and whether they can be reached",
        exitCodes: .daemon,
        examples: [.init("collectorctl accounts -o wide", "with roles, regions and errors")]
    ) { session throws(CommandFailure) in
        try RecordPrinter.print(try session.call(AccountsParameters()).accounts, form, session)
        return .success
    }

    private static let form = RecordForm<AccountInfo>(
        columns: [
            .init("id", "ACCOUNT") { .text($0.id) },
            .init("name", "NAME") { Cell($0.name) },
            .init("origin", "ORIGIN") { .text($0.origin) },
            .init("regionCount", "REGIONS", isNumber: true) { .number($0.regions.count) },
            .init("lastGoodAt", "LAST GOOD") { Cell($0.lastGoodAt) },
            .init("error", "ERROR") { account in
                account.error.map { .styled(CoverageVerb.text(of: $0), .bad) } ?? .empty
            },
            .init("roleArn", "ROLE", isExtra: true) { Cell($0.roleARN) },
            .init("regions", "REGION NAMES", isExtra: true) { .text($0.regions.joined(separator: " ")) },
        ],
        name: \.id, json: \.wire)
}
