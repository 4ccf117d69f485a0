import JSON

/// Turns DynamoDB's typed attribute values back into JSON text in one pass.
enum AttributeReader {
    /// Appends the value at the scanner as JSON. Sets become arrays, binary values stay base64 text.
    static func appendJSON(
        _ scanner: inout JSONScanner, to output: inout [UInt8]
    ) throws(JSONScanner.Failure) {
        try typed(&scanner) { (scanner, type) throws(JSONScanner.Failure) in
            if scanner.equals(type, "M") {
                try object(&scanner, to: &output)
            } else if scanner.equals(type, "L") {
                try array(&scanner, to: &output)
            } else if scanner.equals(type, "N") {
                output += scanner.bytes[try scanner.text().range]
            } else if scanner.equals(type, "NULL") {
                _ = try scanner.skip()
                output += "null".utf8
            } else if scanner.equals(type, "NS") {
                try numbers(&scanner, to: &output)
            } else {
                output += scanner.bytes[try scanner.skip()]
            }
        }
    }

    /// The value of an S or N as text; `nil` for other types.
    static func text(_ scanner: inout JSONScanner) throws(JSONScanner.Failure) -> String? {
        var result: String?
        try typed(&scanner) { (scanner, type) throws(JSONScanner.Failure) in
            if scanner.equals(type, "S") || scanner.equals(type, "N") {
                result = scanner.string(try scanner.text())
            } else {
                _ = try scanner.skip()
            }
        }
        return result
    }

    /// A document that was written as a map, or as text because of the format or because a map could not hold it.
    static func document(_ scanner: inout JSONScanner) throws(JSONScanner.Failure) -> [UInt8] {
        var copy = scanner
        if let text = try text(&copy) {
            scanner = copy
            return Array(text.utf8)
        }
        var output: [UInt8] = []
        try appendJSON(&scanner, to: &output)
        return output
    }

    /// Appends an object of typed values, an item or the inside of an M, as a JSON object.
    static func object(_ scanner: inout JSONScanner, to output: inout [UInt8]) throws(JSONScanner.Failure) {
        output.append(UInt8(ascii: "{"))
        var isFirst = true
        try scanner.members { (scanner, key) throws(JSONScanner.Failure) in
            if !isFirst { output.append(UInt8(ascii: ",")) }
            isFirst = false
            output += scanner.bytes[key.range.lowerBound - 1...key.range.upperBound]
            output.append(UInt8(ascii: ":"))
            try appendJSON(&scanner, to: &output)
        }
        output.append(UInt8(ascii: "}"))
    }

    private static func array(_ scanner: inout JSONScanner, to output: inout [UInt8]) throws(JSONScanner.Failure) {
        output.append(UInt8(ascii: "["))
        var isFirst = true
        try scanner.elements { (scanner) throws(JSONScanner.Failure) in
            if !isFirst { output.append(UInt8(ascii: ",")) }
            isFirst = false
            try appendJSON(&scanner, to: &output)
        }
        output.append(UInt8(ascii: "]"))
    }

    private static func numbers(_ scanner: inout JSONScanner, to output: inout [UInt8]) throws(JSONScanner.Failure) {
        output.append(UInt8(ascii: "["))
        var isFirst = true
        try scanner.elements { (scanner) throws(JSONScanner.Failure) in
            if !isFirst { output.append(UInt8(ascii: ",")) }
            isFirst = false
            output += scanner.bytes[try scanner.text().range]
        }
        output.append(UInt8(ascii: "]"))
    }

    /// The one member of an attribute value.
    private static func typed(
        _ scanner: inout JSONScanner,
        _ body: (inout JSONScanner, JSONScanner.Text) throws(JSONScanner.Failure) -> Void
    ) throws(JSONScanner.Failure) {
        try scanner.expect(UInt8(ascii: "{"))
        let type = try scanner.text()
        try scanner.expect(UInt8(ascii: ":"))
        try body(&scanner, type)
        try scanner.expect(UInt8(ascii: "}"))
    }
}
