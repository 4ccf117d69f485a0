/// Comma-separated values as RFC 4180 has them.
enum CSV {
    /// One record, ended by CR LF; fields with quotes, commas or line breaks are quoted.
    static func line(_ fields: [String]) -> String { fields.map(field).joined(separator: ",") + "\r\n" }

    private static func field(_ text: String) -> String {
        let needsQuotes =
            text.utf8.contains { "\",\r\n".utf8.contains($0) } || text.hasPrefix(" ")
            || text.hasSuffix(" ")
        guard needsQuotes else { return text }
        var quoted = "\""
        for character in text.unicodeScalars {
            if character == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "\""
    }
}
