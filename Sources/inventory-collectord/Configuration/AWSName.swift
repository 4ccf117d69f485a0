import Configuration

/// The syntax of AWS's names, as its service models give it; nothing here asks AWS.
enum AWSName {
    /// Twelve digits.
    static func checkAccount(_ text: String) throws(ValueError) {
        let hint = "an account id has 12 digits, such as 111122223333"
        if let wrong = text.unicodeScalars.enumerated().first(where: { !("0"..."9").contains($0.element) }) {
            throw ValueError("`\(wrong.element)` is no digit of an account id", at: wrong.offset, suggestion: hint)
        }
        guard text.utf8.count == 12 else {
            throw ValueError("`\(text)` has \(text.utf8.count) digits", suggestion: hint)
        }
    }

    /// `us-east-1`, `us-gov-west-1`, `eusc-de-east-1` (letters, then parts of letters, then a number), or `aws-global`.
    static func checkRegion(_ text: String) throws(ValueError) {
        if text == "aws-global" { return }
        if text == "global" {
            throw ValueError("`global` is no region", suggestion: "write aws-global for services without a region")
        }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let names = parts.dropLast()
        let isName = { (part: Substring) in
            !part.isEmpty && part.unicodeScalars.allSatisfy { ("a"..."z").contains($0) }
        }
        guard (2...3).contains(names.count), names.allSatisfy(isName), let number = parts.last,
            (1...2).contains(number.utf8.count), number.unicodeScalars.allSatisfy({ ("0"..."9").contains($0) })
        else {
            throw ValueError("`\(text)` is not a region name", suggestion: "write a name such as eu-west-1")
        }
    }

    /// `ou-…` or `r-…`, as AWS Organizations writes them.
    static func checkOrganizationalUnit(_ text: String) throws(ValueError) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let lengths: [ClosedRange<Int>]? =
            switch parts.first {
            case "ou": [4...32, 8...32]
            case "r": [4...32]
            default: nil
            }
        guard let lengths, parts.count == lengths.count + 1,
            zip(parts.dropFirst(), lengths).allSatisfy({ part, length in
                length.contains(part.utf8.count)
                    && part.unicodeScalars.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) }
            })
        else {
            throw ValueError(
                "`\(text)` is no organizational unit", suggestion: "write an id such as ou-ab12-11111111 or r-ab12")
        }
    }

    /// `arn:aws:iam::111122223333:role/path/name`; points at the part that is wrong.
    static func checkRoleARN(_ text: String) throws(ValueError) {
        let hint = "write an ARN such as arn:aws:iam::111122223333:role/InventoryReadRole"
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "arn" else {
            throw ValueError("`\(text)` is not an ARN", suggestion: hint)
        }
        func offset(of part: Int) -> Int { parts[..<part].reduce(0) { $0 + $1.unicodeScalars.count + 1 } }
        guard parts[1] == "aws" || parts[1].hasPrefix("aws-") else {
            throw ValueError("`\(parts[1])` is no AWS partition", at: offset(of: 1), suggestion: hint)
        }
        guard parts[2] == "iam" else {
            throw ValueError("`\(parts[2])` is not iam", at: offset(of: 2), suggestion: hint)
        }
        guard parts[3].isEmpty else {
            throw ValueError("roles have no region", at: offset(of: 3), suggestion: hint)
        }
        do throws(ValueError) {
            try checkAccount(parts[4])
        } catch {
            throw error.shifted(by: offset(of: 4))
        }
        guard parts[5].hasPrefix("role/") else {
            throw ValueError("this is not the ARN of a role", at: offset(of: 5), suggestion: hint)
        }
        do throws(ValueError) {
            try roleName.check(String(parts[5].dropFirst("role/".count)))
        } catch {
            throw error.shifted(by: offset(of: 5) + "role/".count)
        }
    }

    /// The account of a role's ARN that `checkRoleARN` let pass, and where it stands in the ARN.
    static func account(ofRole arn: String) -> (id: String, offset: Int) {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count > 4 else { return ("", 0) }
        return (String(parts[4]), parts[..<4].reduce(0) { $0 + $1.unicodeScalars.count + 1 })
    }

    /// A role's name, with its path (512 characters) where it has one.
    static let roleName = TextRule(
        name: "a role name", lengths: 1...576, marks: "_+=,.@-/", suggestion: "write a name such as InventoryReadRole")
    static let sessionName = TextRule(
        name: "a session name", lengths: 2...64, marks: "_+=,.@-", suggestion: "write a name such as inventory")
    static let externalID = TextRule(
        name: "an external id", lengths: 2...1_224, marks: "_+=,.@:/-",
        suggestion: "use the id from the role's trust policy")
    static let tableName = TextRule(
        name: "a table name", lengths: 3...255, marks: "_.-", suggestion: "write a name such as aws-inventory-data")
    /// Ours: schedule names become part of run ids and of log fields.
    static let scheduleName = TextRule(
        name: "a schedule name", lengths: 1...64, marks: "_.-", suggestion: "write a name such as nightly")
}

extension SettingSyntax<String> {
    static let roleARN = SettingSyntax(
        name: "the ARN of a role",
        read: { text throws(ValueError) in
            try AWSName.checkRoleARN(text)
            return text
        }, write: { $0 })

    static let region = SettingSyntax(
        name: "a region name",
        read: { text throws(ValueError) in
            try AWSName.checkRegion(text)
            return text
        }, write: { $0 })
}

extension SettingSyntax<ExternalID> {
    static let externalID = SettingSyntax(
        name: AWSName.externalID.name,
        read: { text throws(ValueError) in
            try AWSName.externalID.check(text)
            return ExternalID(value: text)
        }, write: \.value)
}
