import Inventory
import Testing

/// Something that goes wrong with one page, and what a listing should make of it.
struct Fault: Sendable, CustomTestStringConvertible {
    let name: String
    var status = 400
    var code = ""
    var message = "told by AWS"
    /// What arrives instead of an error reply.
    var raw: (@Sendable (_ page: String) -> FakeAWS.Answer)?
    let outcome: Outcome
    /// Where it differs in global services, which answer from a region every account has.
    var globalOutcome: Outcome?
    var idle: Duration = .seconds(20)
    var testDescription: String { name }

    func answer(_ dialect: Dialect, page: String) -> FakeAWS.Answer {
        raw?(page) ?? dialect.error(status, code, message)
    }
}
