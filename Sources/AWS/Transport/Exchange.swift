import Synchronization

/// One request and its reply, seen from both sides: the transport's thread delivers, one task reads.
///
/// Its lock guards what both touch.
final class Exchange: Sendable {
    /// The reply's bytes that may wait for a slow reader before the sender is paused: two of curl's reads, which keep a
    /// connection busy while a page is converted, and little enough that 256 slow readers stay under 30 MB.
    static let unreadLimit = 64 << 10
    /// A paused sender goes on when no more than this is left, so that the reader need not wait for it.
    private static let resumeLimit = unreadLimit / 2
    /// Bytes that come to less than this in one piece join the piece before them, so that pieces are few.
    private static let pieceSize = 16 << 10

    let request: HTTPRequest
    let host: String
    let started: ContinuousClock.Instant
    let transfer = Carrier()
    private let queue: TransportQueue
    private let state = Mutex(State())

    private typealias HeadContinuation = UnsafeContinuation<Result<HTTPReply, HTTPError>, Never>
    private typealias ReadContinuation = UnsafeContinuation<Result<[UInt8]?, HTTPError>, Never>

    private struct State {
        var head: HeadContinuation?
        var reader: ReadContinuation?
        /// What the reader has not taken, mostly as it came, and how many bytes that is; the oldest piece at the end.
        var unread: [[UInt8]] = []
        var unreadCount = 0
        var end: End?
        var isPaused = false
        /// Memory that the reader is done with, for what comes next.
        var spare: [UInt8] = []

        mutating func keep(_ bytes: inout [UInt8]) {
            guard !bytes.isEmpty else { return }
            unreadCount += bytes.count
            if let newest = unread.first, newest.count + bytes.count <= Exchange.pieceSize {
                unread[0].append(contentsOf: bytes)
                bytes.removeAll()
            } else {
                unread.insert(Exchange.move(&bytes), at: 0)
            }
        }
    }

    private enum End {
        case complete
        case failed(HTTPError)
    }

    init(_ request: HTTPRequest, host: String, queue: TransportQueue) {
        self.request = request
        self.host = host
        self.queue = queue
        started = .now
    }

    /// Where the transport's thread keeps which transfer carries the exchange: only that thread reads or writes it.
    final class Carrier: @unchecked Sendable {
        var value: CurlTransfer?
    }

    // MARK: the task's side

    /// Hands the request over and waits for the reply's head.
    func reply() async throws(HTTPError) -> HTTPReply {
        let result = await withTaskCancellationHandler {
            await withUnsafeContinuation { (continuation: HeadContinuation) in begin(continuation) }
        } onCancel: {
            abandon(.cancelled)
        }
        return try result.get()
    }

    private func begin(_ continuation: HeadContinuation) {
        let failure = state.withLock { state -> HTTPError? in
            if case .failed(let error) = state.end { return error }
            state.head = continuation
            return nil
        }
        if let failure { return continuation.resume(returning: .failure(failure)) }
        if let refusal = queue.submit(.start(self)) { abandon(refusal) }
    }

    /// The bytes that wait, or the next to come; `nil` after the last.
    func next(after spent: consuming [UInt8] = []) async throws(HTTPError) -> [UInt8]? {
        // A reader that joined pieces of a large resource may give back more than is needed for the next one.
        if (Self.pieceSize...Self.unreadLimit).contains(spent.capacity) { state.withLock { $0.spare = spent } }
        if let ready = take() { return try ready.get() }
        let result = await withTaskCancellationHandler {
            await withUnsafeContinuation { (continuation: ReadContinuation) in
                if let ready = take(orWait: continuation) { continuation.resume(returning: ready) }
            }
        } onCancel: {
            abandon(.cancelled)
        }
        return try result.get()
    }

    private func take(orWait continuation: ReadContinuation? = nil) -> Result<[UInt8]?, HTTPError>? {
        let (result, resumes) = state.withLock { state -> (Result<[UInt8]?, HTTPError>?, Bool) in
            if case .failed(.cancelled) = state.end { return (.failure(.cancelled), false) }
            if let bytes = state.unread.popLast() {
                state.unreadCount -= bytes.count
                let resumes = state.isPaused && state.unreadCount <= Self.resumeLimit
                if resumes { state.isPaused = false }
                return (.success(bytes), resumes)
            }
            switch state.end {
            case .complete: return (.success(nil), false)
            case .failed(let error): return (.failure(error), false)
            case nil:
                precondition(continuation == nil || state.reader == nil, "a body has one reader at a time")
                state.reader = continuation
                return (nil, false)
            }
        }
        if resumes { _ = queue.submit(.unpause(self)) }  // a refusal means closed: the end arrives by itself
        return result
    }

    /// Ends the exchange from the task's side and has the transfer aborted; does nothing after the end.
    func abandon(_ error: HTTPError) {
        guard fail(error) else { return }
        _ = queue.submit(.abort(self))  // a refusal means closed: nothing is left to abort
    }

    // MARK: the transport's side

    /// The task gave up, or the exchange failed; nothing more can be delivered.
    var hasEnded: Bool { state.withLock { $0.end != nil } }

    /// Whether so many bytes more may wait for the reader; then `buffer` gets spare memory if it has none.
    func makeRoom(for count: Int, in buffer: inout [UInt8]) -> Bool {
        state.withLock { state in
            guard buffer.count + state.unreadCount + count <= Self.unreadLimit else { return false }
            guard buffer.capacity == 0 else { return true }
            swap(&buffer, &state.spare)
            buffer.removeAll(keepingCapacity: true)
            return true
        }
    }

    /// Hands over what a turn brought, `bytes` included: the head once, when it is time; the end after the last byte.
    ///
    /// Answers false when the sender, although `isPaused`, may go on: the reader has caught up meanwhile.
    func deliver(
        head fields: (status: Int, headers: HTTPHeaders)?, bytes: inout [UInt8], isComplete: Bool, isPaused: Bool
    ) -> Bool {
        let wake = state.withLock { state -> Wake in
            guard state.end == nil else { return .none(staysPaused: true) }
            if isComplete { state.end = .complete }
            if let reader = state.reader, !bytes.isEmpty || isComplete {
                state.reader = nil
                state.isPaused = false
                return .reader(reader, bytes.isEmpty ? nil : Self.move(&bytes))
            }
            state.keep(&bytes)
            state.isPaused = isPaused && state.unreadCount > Self.resumeLimit
            guard let fields, let head = state.head else { return .none(staysPaused: state.isPaused) }
            state.head = nil
            return .head(head, fields.status, fields.headers, staysPaused: state.isPaused)
        }
        switch wake {
        case .none(let staysPaused): return staysPaused || !isPaused
        case .reader(let continuation, let bytes):
            continuation.resume(returning: .success(bytes))
            return !isPaused
        case .head(let continuation, let status, let headers, let staysPaused):
            let body = ExchangeBody(self)
            continuation.resume(returning: .success(HTTPReply(status: status, headers: headers, body: body)))
            return staysPaused || !isPaused
        }
    }

    private static func move(_ bytes: inout [UInt8]) -> [UInt8] {
        var moved: [UInt8] = []
        swap(&moved, &bytes)
        return moved
    }

    private enum Wake {
        case none(staysPaused: Bool)
        case head(HeadContinuation, Int, HTTPHeaders, staysPaused: Bool)
        case reader(ReadContinuation, [UInt8]?)
    }

    /// Ends the exchange with an error, after the bytes that were delivered before; false when it had ended.
    @discardableResult
    func fail(_ error: HTTPError) -> Bool {
        let (head, reader, isFirst) = state.withLock { state in
            guard state.end == nil else { return (nil as HeadContinuation?, nil as ReadContinuation?, false) }
            state.end = .failed(error)
            defer { (state.head, state.reader) = (nil, nil) }
            return (state.head, state.reader, true)
        }
        head?.resume(returning: .failure(error))
        reader?.resume(returning: .failure(error))
        return isFirst
    }
}

/// The reader's end of an exchange; dropping it gives up the rest.
final class ExchangeBody: HTTPBody {
    private let exchange: Exchange

    init(_ exchange: Exchange) { self.exchange = exchange }

    deinit { exchange.abandon(.cancelled) }

    func next() async throws(HTTPError) -> [UInt8]? { try await exchange.next() }

    func next(after spent: consuming [UInt8]) async throws(HTTPError) -> [UInt8]? {
        try await exchange.next(after: spent)
    }

    func discard() { exchange.abandon(.cancelled) }
}
