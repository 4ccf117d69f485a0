/// Walks over a value character by character and knows where it stands.
struct ValueScanner {
    private let scalars: [Unicode.Scalar]
    /// From 0, in Unicode scalars.
    private(set) var offset = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    var next: Unicode.Scalar? { offset < scalars.count ? scalars[offset] : nil }

    mutating func take() -> Unicode.Scalar? {
        guard let scalar = next else { return nil }
        offset += 1
        return scalar
    }

    mutating func skipSpace() {
        while let scalar = next, Self.isSpace(scalar) { offset += 1 }
    }

    /// Everything up to the first character that does not fit.
    mutating func take(while fits: (Unicode.Scalar) -> Bool) -> String {
        var text = String.UnicodeScalarView()
        while let scalar = next, fits(scalar) {
            text.append(scalar)
            offset += 1
        }
        return String(text)
    }

    mutating func rest() -> String { take { _ in true } }

    /// A number such as `15` or `1.5`; `nil`, without moving, when no digit comes next.
    mutating func decimal() throws(ValueError) -> DecimalNumber? {
        let start = offset
        let whole = take(while: Self.isDigit)
        guard !whole.isEmpty else { return nil }
        var fraction = ""
        if next == "." {
            offset += 1
            fraction = take(while: Self.isDigit)
            if fraction.isEmpty { throw ValueError("a digit is missing after the point", at: offset) }
        }
        guard let number = DecimalNumber(whole: whole, fraction: fraction) else {
            throw ValueError("the number is too long", at: start)
        }
        return number
    }

    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || ("\u{09}"..."\u{0D}").contains(scalar)
    }

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}

/// An exact decimal number that is not negative.
struct DecimalNumber {
    private let digits: Int
    /// `digits` counts in steps of one part in `scale`.
    private let scale: Int

    /// `nil` when it has more than 18 digits.
    init?(whole: String, fraction: String) {
        guard whole.utf8.count + fraction.utf8.count <= 18, let digits = Int(whole + fraction) else { return nil }
        self.digits = digits
        var scale = 1
        for _ in fraction.utf8 { scale *= 10 }
        self.scale = scale
    }

    /// The product, cut to a whole number; `nil` when it does not fit 64 bits.
    func times(_ factor: Int) -> Int? {
        let (whole, overflow) = (digits / scale).multipliedReportingOverflow(by: factor)
        guard !overflow else { return nil }
        let (high, low) = (digits % scale).multipliedFullWidth(by: factor)
        let part = scale.dividingFullWidth((high, low)).quotient
        let (sum, carry) = whole.addingReportingOverflow(part)
        return carry ? nil : sum
    }
}
