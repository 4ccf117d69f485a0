import Glibc
import JSON
import Testing

@testable import Control

@Suite("The socket's file and inherited sockets")
struct ListenerTests {
    @Test("the file has the mode that was asked for, whatever the umask")
    func mode() async throws {
        try await withTemporaryDirectory { directory in
            let listener = try ControlListener.bind(path: "\(directory)/control", mode: 0o660)
            defer { listener.release() }
            var status = stat()
            #expect(lstat("\(directory)/control", &status) == 0)
            #expect(status.st_mode & 0o7777 == 0o660)
        }
    }

    @Test("a socket that a dead process left is replaced, one that answers is not")
    func stale() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/control"
            do {
                let dead = try SocketHandle.unixStream()
                try #require(LocalAddress(path: path)).bind(dead)
            }
            let listener = try ControlListener.bind(path: path)
            #expect(throws: ControlServerError.inUse(path: path)) { try ControlListener.bind(path: path) }
            listener.release()
            #expect(access(path, F_OK) != 0)
        }
    }

    @Test("what is no socket is left alone, and what cannot be a path is refused")
    func refused() async throws {
        try await withTemporaryDirectory { directory in
            let file = "\(directory)/file"
            let descriptor = open(file, O_CREAT | O_WRONLY, 0o600)
            #expect(descriptor >= 0)
            close(descriptor)
            #expect(throws: ControlServerError.notASocket(path: file)) { try ControlListener.bind(path: file) }
            #expect(access(file, F_OK) == 0)
            let missing = "\(directory)/none/control", below = "\(file)/control"
            #expect(throws: ControlServerError.noDirectory(path: missing)) { try ControlListener.bind(path: missing) }
            #expect(throws: ControlServerError.noDirectory(path: below)) { try ControlListener.bind(path: below) }
            for path in ["", "\(directory)/\(String(repeating: "x", count: 108))"] {
                #expect(throws: ControlServerError.unusablePath(path: path)) { try ControlListener.bind(path: path) }
            }
        }
    }

    @Test("a file that somebody else put in our place is not removed")
    func replaced() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/control"
            let listener = try ControlListener.bind(path: path)
            unlink(path)
            let next = try ControlListener.bind(path: path)
            listener.release()
            #expect(access(path, F_OK) == 0)
            next.release()
        }
    }

    @Test("an inherited listening socket is served, and stays open for the service manager")
    func inherited() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/control"
            let manager = try SocketHandle.unixStream()
            try #require(LocalAddress(path: path)).bind(manager)
            #expect(listen(manager.descriptor, 16) == 0)
            let server = try ControlServer(interface: TestService(), product: TestServer.product)
            try server.start([try ControlListener.adopt(dup(manager.descriptor))])
            try await withTaskExecutorPreference(ThreadPerJob()) {
                let reply = try ControlClient.connect(path: path).call(StatusParameters())
                #expect(reply.version == "1")
            }
            await server.stop(grace: .zero)
            #expect(access(path, F_OK) == 0)
            #expect(throws: Never.self) { try ControlClient.connect(path: path) }
        }
    }

    @Test("descriptors that are no listening local stream sockets are refused")
    func wrongDescriptors() throws {
        let notListening = dup(try SocketHandle.unixStream().descriptor)
        let file = open("/dev/null", O_RDONLY)
        let internet = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #expect(listen(internet, 1) == 0)
        for descriptor in [notListening, file, internet] {
            #expect(throws: ControlServerError.wrongDescriptor(descriptor)) { try ControlListener.adopt(descriptor) }
        }
    }
}
