import Configuration
import JSON

/// One account of `INVENTORY_ACCOUNTS`: ids separated by commas, or a JSON list of ids or of objects.
struct InheritedAccount: Equatable {
    var id: String
    /// Our keys and what the object says about them.
    var settings: [String: String] = [:]

    /// As in files; a variable of a process is smaller anyway.
    private static let limits = JSONLimits(sizeInBytes: 1 << 20, depth: 4)

    /// An object's members, in lower case without `_` and `-`, and the settings they stand for.
    private static let members = [
        "rolearn": "RoleArn", "externalid": "ExternalId", "name": "Name", "accountname": "Name",
        "rolesessionname": "SessionName", "sessionname": "SessionName",
    ]

    static func read(_ text: String) throws(ValueError) -> [InheritedAccount] {
        let start = text.drop { $0 == " " || $0 == "\n" || $0 == "\t" }
        return start.hasPrefix("[") ? try readJSON(text) : try readList(text)
    }

    private static func readList(_ text: String) throws(ValueError) -> [InheritedAccount] {
        var accounts: [InheritedAccount] = []
        var offset = 0
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let space = part.prefix { $0 == " " }.unicodeScalars.count
            let id = String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            if !id.isEmpty {
                do throws(ValueError) {
                    try AWSName.checkAccount(id)
                } catch {
                    throw error.shifted(by: offset + space)
                }
                accounts.append(InheritedAccount(id: id))
            }
            offset += part.unicodeScalars.count + 1
        }
        return accounts
    }

    private static func readJSON(_ text: String) throws(ValueError) -> [InheritedAccount] {
        let document: JSONValue
        do throws(JSONError) {
            document = try JSONValue.parse(text, limits: limits)
        } catch {
            let offset = String(decoding: text.utf8.prefix(error.offset), as: UTF8.self).unicodeScalars.count
            throw ValueError("not JSON: \(error)", at: offset, suggestion: "write ids separated by commas")
        }
        var accounts: [InheritedAccount] = []
        for (index, element) in (document.array ?? []).enumerated() {
            guard var account = account(element) else {
                throw ValueError(
                    "element \(index + 1) holds no account id", suggestion: "write \"111122223333\" as a string")
            }
            do throws(ValueError) {
                try AWSName.checkAccount(account.id)
            } catch {
                throw ValueError("element \(index + 1): \(error.message)", suggestion: error.suggestion)
            }
            account.settings = settings(element)
            accounts.append(account)
        }
        return accounts
    }

    private static func account(_ element: JSONValue) -> InheritedAccount? {
        if let id = element.string { return InheritedAccount(id: id) }
        let names: Set = ["id", "account", "accountid"]
        return element.members?.first { names.contains(plain($0.key)) }?.value.string.map { InheritedAccount(id: $0) }
    }

    private static func settings(_ element: JSONValue) -> [String: String] {
        var settings: [String: String] = [:]
        for member in element.members ?? [] {
            guard let key = members[plain(member.key)], let value = member.value.string, !value.isEmpty else {
                continue
            }
            settings[key] = value
        }
        return settings
    }

    private static func plain(_ name: String) -> String {
        name.lowercased().filter { $0 != "_" && $0 != "-" }
    }
}
