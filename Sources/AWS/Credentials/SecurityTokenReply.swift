/// Finds single elements in the small XML answers of STS. Tolerant of name space prefixes, attributes and order;
/// answers are at most `CredentialsExchange.replyLimitInBytes` long.
struct SecurityTokenReply {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The keys under `Credentials`; `nil` when one is missing.
    var credentials: Credentials? {
        guard let key = text("AccessKeyId"), let secret = text("SecretAccessKey"), let token = text("SessionToken"),
            !key.isEmpty, !secret.isEmpty, !token.isEmpty,
            let expiration = text("Expiration").flatMap(CredentialsTimestamp.parse)
        else { return nil }
        return Credentials(accessKeyID: key, secretAccessKey: secret, sessionToken: token, expiration: expiration)
    }

    var errorCode: String? { text("Code") }
    var errorMessage: String? { text("Message") }
    var requestID: String? { text("RequestId") ?? text("RequestID") }

    /// The text of the first element of that name; `nil` when there is none or it holds elements.
    func text(_ name: String) -> String? {
        let name = Array(name.utf8)
        var position = 0
        while let open = bytes[position...].firstIndex(of: UInt8(ascii: "<")) {
            guard let close = bytes[open...].firstIndex(of: UInt8(ascii: ">")) else { return nil }
            position = close + 1
            guard Self.localName(bytes[(open + 1)..<close]).elementsEqual(name) else { continue }
            if bytes[close - 1] == UInt8(ascii: "/") { return "" }
            guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "<")), end + 1 < bytes.count,
                bytes[end + 1] == UInt8(ascii: "/")
            else { return nil }
            return Self.decode(bytes[position..<end])
        }
        return nil
    }

    /// `Code` of `<sts:Code lang="en">`; nothing of an end tag.
    private static func localName(_ tag: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let name = tag.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }
        guard let colon = name.firstIndex(of: UInt8(ascii: ":")) else { return name }
        return name[(colon + 1)...]
    }

    private static func decode(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var decoded = ""
        var rest = text[...]
        while let ampersand = rest.firstIndex(of: "&") {
            decoded += rest[..<ampersand]
            rest = rest[ampersand...]
            guard let semicolon = rest.firstIndex(of: ";"),
                let character = character(rest[rest.index(after: ampersand)..<semicolon])
            else {
                decoded += rest
                return decoded
            }
            decoded.unicodeScalars.append(character)
            rest = rest[rest.index(after: semicolon)...]
        }
        return decoded + rest
    }

    private static func character(_ entity: Substring) -> Unicode.Scalar? {
        switch entity {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default: break
        }
        guard entity.hasPrefix("#") else { return nil }
        let number =
            entity.hasPrefix("#x") ? UInt32(entity.dropFirst(2), radix: 16) : UInt32(entity.dropFirst(), radix: 10)
        return number.flatMap(Unicode.Scalar.init)
    }
}
