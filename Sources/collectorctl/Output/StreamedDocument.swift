import JSON

/// An indented JSON object whose last member is an array that comes in parts.
struct StreamedDocument {
    private let style: OutputStyle
    private var isOpen = false
    private var count = 0

    init(style: OutputStyle) { self.style = style }

    /// The text of these elements, after the object's other members when they are the first.
    mutating func add(
        _ elements: [JSONValue], to name: String, after members: () -> [JSONValue.Member]
    ) -> String {
        var text = ""
        if !isOpen {
            isOpen = true
            let head = JSONForm.indented(.object(members() + [.init(name, .array([]))]), style)
            // Everything up to the empty array's closing bracket.
            text = String(head.dropLast("]\n}".count))
        }
        for element in elements {
            text += (count == 0 ? "\n" : ",\n") + JSONForm.indented(element, by: 4, style)
            count += 1
        }
        return text
    }

    /// The end of the document; nothing when nothing was ever added.
    func finish() -> String {
        guard isOpen else { return "" }
        return count == 0 ? "]\n}\n" : "\n  ]\n}\n"
    }
}
