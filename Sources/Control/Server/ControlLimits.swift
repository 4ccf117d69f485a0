/// The bounds that keep one caller from harming the daemon or the others.
package struct ControlLimits: Sendable {
    /// One call, its NUL not counted (DESIGN: 1 MiB a message).
    package var messageInBytes = 1 << 20
    /// One reply. Replies hold pages of resources; 16 MiB is what systemd's varlink clients accept.
    package var replyInBytes = 16 << 20
    /// Replies waiting for a slow reader; a reply beyond it waits in the method that sends it.
    package var outputQueueInBytes = 4 << 20
    /// All connections; each costs a descriptor and at most the two bounds above.
    package var connections = 64
    /// Connections of one user, so that no user can take all of them.
    package var connectionsPerUser = 16
    /// How long a started message may take to become whole.
    package var partialMessage = Duration.seconds(30)
    /// How long a caller may leave replies unread.
    package var unreadReplies = Duration.seconds(30)
    /// How long the methods have to return once they were cancelled by `stop`.
    package var cancellation = Duration.seconds(2)
    /// How long no new connection is accepted after descriptors or memory ran out.
    package var acceptPause = Duration.seconds(1)

    package init() {}
}

/// Why the server ended a connection that the caller had not ended.
package enum ControlDrop: Sendable, Equatable {
    case malformedMessage
    case messageTooLong
    case messageUnfinished
    case repliesUnread
    case tooManyConnections
    case peerUnknown
    case stopped
}

/// What `org.varlink.service.GetInfo` tells.
package struct ProductInfo: Sendable {
    package var vendor: String
    package var product: String
    package var version: String
    package var url: String

    package init(vendor: String, product: String, version: String, url: String) {
        self.vendor = vendor
        self.product = product
        self.version = version
        self.url = url
    }
}
