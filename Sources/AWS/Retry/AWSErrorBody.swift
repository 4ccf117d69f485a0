import JSON

/// What an error reply says, in any of the five protocols: told by its first byte, as proxies and front ends answer in
/// formats of their own.
package struct AWSErrorBody: Sendable, Equatable {
    /// Bytes read of a body: AWS's errors stay below 10 KiB.
    package static let limit = 64 << 10
    /// Longest code taken for one.
    private static let codeLimit = 128

    package private(set) var code = ""
    package private(set) var message = ""
    package private(set) var requestID: String?

    package init(status: Int, headers: HTTPHeaders, body: [UInt8]) {
        requestID =
            headers["x-amzn-requestid"] ?? headers["x-amz-request-id"] ?? headers["x-amzn-request-id"]
        let body = body.prefix(Self.limit)
        switch body.first(where: { $0 > 0x20 && $0 < 0x80 }) {
        case UInt8(ascii: "<"): readXML(body)
        case UInt8(ascii: "{"): readJSON(body)
        default: break
        }
        if let named = headers["x-amzn-errortype"] { code = named }
        code = Self.plain(code)
        if code.isEmpty { code = "HTTP\(status)" }
        message = Self.printable(message, limit: AWSServiceError.messageLimit)
        requestID = requestID.map { Self.printable($0, limit: Self.codeLimit) }
    }

    private mutating func readXML(_ body: ArraySlice<UInt8>) {
        var scanner = XMLErrorScanner(body)
        guard scanner.scan() else { return }
        code = scanner.code ?? ""
        message = scanner.message ?? ""
        requestID = scanner.requestID ?? requestID
    }

    private mutating func readJSON(_ body: ArraySlice<UInt8>) {
        guard let document = try? JSONValue.parse(body, limits: .init(sizeInBytes: Self.limit, depth: 32)) else {
            return  // truncated or no JSON: the status must do
        }
        code = ["__type", "code", "Code"].lazy.compactMap { document[$0]?.string }.first ?? ""
        message =
            ["message", "Message", "errorMessage", "error_description"].lazy.compactMap { document[$0]?.string }.first
            ?? ""
    }

    /// `aws.protocols#NameException:http://…` is `NameException`; `Client.Name` of old EC2 replies is `Name`.
    private static func plain(_ code: String) -> String {
        var name = Substring(code)
        if let hash = name.lastIndex(of: "#") { name = name[name.index(after: hash)...] }
        if let colon = name.firstIndex(of: ":") { name = name[..<colon] }
        for prefix in ["Client.", "Server."] where name.hasPrefix(prefix) { name = name.dropFirst(prefix.count) }
        let isCode = name.utf8.count <= codeLimit && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3C }
        return isCode ? String(name) : ""
    }

    /// Control characters would end or colour a log line.
    private static func printable(_ text: String, limit: Int) -> String {
        String(
            String.UnicodeScalarView(
                text.prefix(limit).unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }
}
