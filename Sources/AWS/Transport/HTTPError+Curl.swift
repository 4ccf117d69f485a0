import CCurl

extension HTTPError {
    /// What a failed transfer means to a caller (libcurl-errors(3)); `reason` are curl's words.
    init(_ code: CURLcode, host: String, reason: String) {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_SSL_CONNECT_ERROR,
            CURLE_URL_MALFORMAT, CURLE_PROXY, CURLE_INTERFACE_FAILED:
            self = .unreachable(host: host, reason: reason)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_CRL_BADFILE, CURLE_SSL_INVALIDCERTSTATUS:
            self = .untrusted(host: host, reason: reason)
        case CURLE_OPERATION_TIMEDOUT:
            // The other bounds are kept by the loop; curl's own timer runs for the connection alone.
            self = .timedOut(host: host, phase: "connect")
        default:
            self = .broken(host: host, reason: reason)
        }
    }
}
