/// Why a schedule expression, a time zone or a request to the calculator was refused.
package struct ScheduleError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Which of the caller's texts is wrong.
    package enum Subject: Sendable, Equatable {
        /// The schedule expression; `column` points into it.
        case expression
        /// The time zone: its name, or the file that the name leads to.
        case timeZone
        /// Another argument of the calculator, such as the count.
        case argument
    }

    package let subject: Subject
    /// Where the fault starts, counted from 1 in characters of the text named by `subject`.
    package let column: Int
    /// The reason and, where there is one, what to write instead; one line, no full stop.
    package let message: String

    package init(subject: Subject = .expression, column: Int = 1, message: String) {
        self.subject = subject
        self.column = column
        self.message = message
    }

    package var description: String {
        switch subject {
        case .expression: "column \(column): \(message)"
        case .timeZone: "time zone: \(message)"
        case .argument: message
        }
    }
}
