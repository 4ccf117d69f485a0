import CCurl
import JSON

#if canImport(Glibc)
    import Glibc
#endif

/// Owner of one curl easy handle and of everything a transfer on it needs; used for one exchange after the other.
///
/// Belongs to the transport's thread. curl calls back on that thread only, from the loop's calls and `unpause`, with a
/// pointer to this object, which the loop keeps alive while the handle is in use.
final class CurlTransfer {
    /// Largest header of a reply, all its fields together: eight times what AWS services send.
    static let headerLimit = 64 << 10
    /// A reply announced to be no larger is handed over whole, with its head, in one resume.
    static let wholeLimit = 64 << 10
    /// curl's receive buffer: one read a turn and connection.
    private static let receiveSize = 32 << 10
    /// curl's send buffer, made for larger bodies alone: most requests that write rows go out in one piece.
    private static let sendSize = 112 << 10

    let easy: UnsafeMutableRawPointer
    private(set) var exchange: Exchange?
    /// Place in the loop's list of running transfers.
    var slot = 0
    /// In the loop's list of those that have something to deliver.
    var isTouched = false
    var isPaused = false
    var lastActivity: ContinuousClock.Instant
    /// Upload progress at the last look for silent transfers.
    var sentBefore = 0

    private unowned let loop: CurlLoop
    private var fields = CurlHeaderList()
    /// The request's body, which curl reads where it is until the exchange is over.
    private var body = SharedBytes.empty
    private var method = ""
    private var connectMilliseconds = -1
    private var bypassesProxy = false
    private let reason: UnsafeMutablePointer<CChar>

    private var head: ReplyHead
    private var pending: [UInt8] = []
    private var received = 0

    init?(loop: CurlLoop, options: TransportOptions) {
        guard let easy = curl_easy_init() else { return nil }
        self.easy = easy
        self.loop = loop
        lastActivity = .now
        head = ReplyHead(limit: Self.headerLimit)
        reason = .allocate(capacity: Int(CURL_ERROR_SIZE))
        reason.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        configure(options)
    }

    deinit {
        curl_easy_cleanup(easy)
        reason.deallocate()
    }

    /// The options that hold for every request. A libcurl too old for one refuses it and behaves as without.
    private func configure(_ options: TransportOptions) {
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        set(CURLOPT_TCP_NODELAY, 1)
        set(CURLOPT_BUFFERSIZE, Self.receiveSize)
        set(CURLOPT_UPLOAD_BUFFERSIZE, Self.sendSize)
        set(CURLOPT_PATH_AS_IS, 1)  // a signed path must not be rewritten
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        set(CURLOPT_QUICK_EXIT, 1)  // an abandoned name look-up must not hold the thread
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        if let bundle = options.certificateBundle { set(CURLOPT_CAINFO, bundle) }
        _ = collector_easy_set_pointer(easy, CURLOPT_ERRORBUFFER, reason)
        let context = Unmanaged.passUnretained(self).toOpaque()
        _ = collector_easy_set_pointer(easy, CURLOPT_PRIVATE, context)
        _ = collector_easy_set_write_callback(
            easy,
            { bytes, _, count, context in
                guard let bytes, let context else { return 0 }
                let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
                return transfer.receive(UnsafeRawBufferPointer(start: bytes, count: count))
            }, context)
        _ = collector_easy_set_header_callback(
            easy,
            { bytes, _, count, context in
                guard let bytes, let context else { return 0 }
                let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
                return transfer.receiveHeader(UnsafeRawBufferPointer(start: bytes, count: count))
            }, context)
    }

    // MARK: one exchange

    /// Prepares the handle for an exchange; answers what is wrong with the request.
    func prepare(_ exchange: Exchange, now: ContinuousClock.Instant) -> HTTPError? {
        self.exchange = exchange
        lastActivity = now
        sentBefore = 0
        isPaused = false
        received = 0
        reason.pointee = 0
        head.reset()
        pending = []
        let request = exchange.request
        guard request.url.hasPrefix("http://") || request.url.hasPrefix("https://"), !request.url.utf8.contains(0)
        else {
            return .unreachable(host: exchange.host, reason: "the address is not an http or https URL")
        }
        set(CURLOPT_URL, request.url)
        body = request.body
        setMethod(request.method, hasBody: !request.body.isEmpty)
        guard setHeaders(request.headers) else {
            return .broken(host: exchange.host, reason: "a request header field holds a line break")
        }
        let milliseconds = max(1, request.timeouts.connect.milliseconds)
        if milliseconds != connectMilliseconds {
            set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds)
            connectMilliseconds = milliseconds
        }
        if request.bypassesProxy != bypassesProxy {
            bypassesProxy = request.bypassesProxy
            if bypassesProxy {
                set(CURLOPT_NOPROXY, "*")
            } else {
                _ = collector_easy_set_pointer(easy, CURLOPT_NOPROXY, nil)  // the environment's again
            }
        }
        return nil
    }

    /// Lets go of the exchange, so that the handle can serve the next; answers what it counts.
    func finish() -> TransportCounters {
        exchange = nil
        pending = []
        let bodySize = body.count
        body = .empty  // curl keeps the address, but looks at it only in a request with a body, which sets another
        let connections = collector_easy_number(easy, CURLINFO_NUM_CONNECTS)
        return TransportCounters(
            requests: 1, connections: connections, bytesIn: received, bytesOut: fields.size + bodySize)
    }

    /// Hands the turn's bytes to the reader; resumes the sender when the reader has caught up.
    func deliver(isComplete: Bool) {
        guard let exchange else { return }
        var handedOver: (status: Int, headers: HTTPHeaders)?
        if !head.isDelivered {
            let isWhole = (head.contentLength ?? .max) <= Self.wholeLimit
            guard isComplete || (head.isComplete && !isWhole && !pending.isEmpty) else { return }
            handedOver = head.deliver()
        }
        let staysPaused = exchange.deliver(
            head: handedOver, bytes: &pending, isComplete: isComplete, isPaused: isPaused)
        if isPaused, !staysPaused, !isComplete { unpause() }
    }

    /// Lets the sender go on; curl may call back before this returns.
    func unpause() {
        guard isPaused else { return }
        isPaused = false
        lastActivity = loop.now
        _ = curl_easy_pause(easy, CURLPAUSE_CONT)  // a failure ends the transfer and arrives as its message
    }

    /// Body bytes curl has sent.
    var sentBytes: Int { Int(collector_easy_size(easy, CURLINFO_SIZE_UPLOAD_T)) }

    /// curl's own words for the failure, or its standard ones; no header, body or query is in them.
    func failure(_ code: CURLcode) -> HTTPError {
        let host = exchange?.host ?? ""
        if head.isTooLarge { return .tooLarge(limit: Self.headerLimit) }
        let words = reason.pointee == 0 ? String(cString: curl_easy_strerror(code)) : String(cString: reason)
        return HTTPError(code, host: host, reason: words)
    }

    /// Whether curl called the exchange complete although no head was seen.
    var hasHead: Bool { head.isComplete }

    // MARK: curl calls

    private func receiveHeader(_ line: UnsafeRawBufferPointer) -> Int {
        received += line.count
        lastActivity = loop.now
        loop.touch(self)
        return head.append(line) ? line.count : 0
    }

    private func receive(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard let exchange else { return 0 }
        loop.touch(self)
        // A reply that is handed over whole is not held back: it is no larger than its announced length.
        guard exchange.makeRoom(for: bytes.count, in: &pending) else {
            isPaused = true
            return Int(CURL_WRITEFUNC_PAUSE)
        }
        received += bytes.count
        lastActivity = loop.now
        if pending.isEmpty {
            pending.reserveCapacity(min(max(head.contentLength ?? Self.receiveSize, bytes.count), Self.receiveSize))
        }
        pending.append(contentsOf: bytes)
        return bytes.count
    }

    // MARK: options

    private func setMethod(_ name: String, hasBody: Bool) {
        let sendsBody = hasBody || name == "POST" || name == "PUT" || name == "PATCH"
        if sendsBody {
            // Shared bytes stay where they are; of none curl gets some address, and reads nothing there.
            let bytes = body
            let start = bytes.span.withUnsafeBytes { $0.baseAddress } ?? UnsafeRawPointer(reason)
            _ = collector_easy_set_pointer(easy, CURLOPT_POSTFIELDS, UnsafeMutableRawPointer(mutating: start))
            _ = collector_easy_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
        }
        let kind = sendsBody ? "+" + name : name
        guard kind != method else { return }
        method = kind
        _ = collector_easy_set_pointer(easy, CURLOPT_CUSTOMREQUEST, nil)
        set(CURLOPT_HTTPGET, 1)  // also takes back NOBODY and POST
        if name == "HEAD" {
            set(CURLOPT_NOBODY, 1)
        } else if sendsBody {
            set(CURLOPT_POST, 1)
        }
        let standard = sendsBody ? "POST" : (name == "HEAD" ? "HEAD" : "GET")
        if name != standard { set(CURLOPT_CUSTOMREQUEST, name) }
    }

    private func setHeaders(_ headers: [(name: String, value: String)]) -> Bool {
        fields.removeAll()
        var isSound = true
        var hasType = false
        for (name, value) in headers {
            isSound = fields.append(name: name, value: value) && isSound
            if name.utf8.count == 12, name.lowercased() == "content-type" { hasType = true }
        }
        fields.suppress("Expect")
        fields.suppress("Accept")
        if !hasType { fields.suppress("Content-Type") }
        _ = collector_easy_set_pointer(easy, CURLOPT_HTTPHEADER, fields.link())
        return isSound
    }

    private func set(_ option: CURLoption, _ value: Int) {
        _ = collector_easy_set_number(easy, option, value)
    }

    /// curl copies the text.
    private func set(_ option: CURLoption, _ value: String) {
        _ = value.withCString { collector_easy_set_pointer(easy, option, $0) }
    }
}
