import JSON

@testable import AWS

/// What a reply's reader made of a body: the resources in order and the envelope.
struct ReplyReading: Equatable {
    var resources: [[UInt8]] = []
    var envelope: [UInt8] = []

    /// Feeds the body in the chunks whose sizes `sizes` answers; at least one byte each.
    static func read(
        _ body: [UInt8], _ service: AWSService, _ operation: OperationModel, steps: [[String]]?,
        headers: HTTPHeaders = HTTPHeaders([]), sizes: () -> Int
    ) throws -> ReplyReading {
        var decoder = ReplyDecoder(plan: service.plan, operation: operation, items: steps)
        var reading = ReplyReading()
        var document = ByteBuffer(capacity: 256)
        var start = 0
        while start < body.count {
            let end = min(body.count, start + max(1, sizes()))
            decoder.feed(Array(body[start..<end]))
            start = end
            while true {
                document.truncate(to: 0)
                guard try decoder.next(into: &document) else { break }
                reading.resources.append(document.bytes())
            }
        }
        reading.envelope = try decoder.finish(status: 200, headers: headers)
        return reading
    }

    /// Feeds the whole body at once.
    static func whole(
        _ body: [UInt8], _ service: AWSService, _ operation: OperationModel, steps: [[String]]?,
        headers: HTTPHeaders = HTTPHeaders([])
    ) throws -> ReplyReading {
        try read(body, service, operation, steps: steps, headers: headers) { body.count }
    }
}

/// A small generator with a seed (SplitMix64), so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
