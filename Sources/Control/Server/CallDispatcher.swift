import JSON

/// Finds the method of a call, reads its parameters and turns its result into a reply.
struct CallDispatcher: Sendable {
    let interface: any CollectorInterface
    let product: ProductInfo

    typealias Send = @Sendable (VarlinkReply) async throws(CollectorError) -> Void

    /// The last reply to a call; replies before it go to `send`. `nil` when the caller is gone.
    func reply(to call: VarlinkCall, uid: Int, send: @escaping Send) async -> VarlinkReply? {
        guard let dot = call.method.lastIndex(of: ".") else { return .failure(.methodNotFound(call.method)) }
        let name = String(call.method[call.method.index(after: dot)...])
        switch String(call.method[..<dot]) {
        case VarlinkError.serviceInterface: return aboutService(name, call)
        case CollectorMethod.interface:
            guard let method = CollectorMethod(rawValue: name) else { return .failure(.methodNotFound(call.method)) }
            let context = CallContext(uid: uid, wantsMore: call.more)
            return await Invocation(interface: interface, call: call, context: context, send: send).run(method)
        case let unknown: return .failure(.interfaceNotFound(unknown))
        }
    }

    private func aboutService(_ name: String, _ call: VarlinkCall) -> VarlinkReply {
        do throws(WireFault) {
            var reader = try WireReader(call.parameters)
            switch name {
            case "GetInfo":
                try reader.refuseUnknown()
                let information: JSONValue = [
                    "vendor": product.vendor.wire, "product": product.product.wire, "version": product.version.wire,
                    "url": product.url.wire, "interfaces": InterfaceDescription.interfaces.wire,
                ]
                return .success(information, continues: false)
            case "GetInterfaceDescription":
                let interface: String = try reader.required("interface")
                try reader.refuseUnknown()
                guard let text = InterfaceDescription.text(of: interface) else {
                    return .failure(.interfaceNotFound(interface))
                }
                return .success(["description": .string(text)], continues: false)
            default: return .failure(.methodNotFound(call.method))
            }
        } catch {
            return .failure(.invalidParameter(error.path))
        }
    }
}

/// One call of our interface.
private struct Invocation: Sendable {
    let interface: any CollectorInterface
    let call: VarlinkCall
    let context: CallContext
    let send: CallDispatcher.Send

    func run(_ method: CollectorMethod) async -> VarlinkReply? {
        // Has no end that one reply could be.
        if method == .monitor, !call.more { return .failure(.expectedMore) }
        return switch method {
        case .refresh:
            await stream { (parameters, replies) throws(CollectorError) in
                try await interface.refresh(parameters, context, replies)
            }
        case .describeRun:
            await stream { (parameters, replies) throws(CollectorError) in
                try await interface.describeRun(parameters, context, replies)
            }
        case .metadata:
            await stream { (parameters, replies) throws(CollectorError) in
                try await interface.metadata(parameters, context, replies)
            }
        case .list:
            await stream { (parameters, replies) throws(CollectorError) in
                try await interface.list(parameters, context, replies)
            }
        case .coverage:
            await stream { (parameters, replies) throws(CollectorError) in
                try await interface.coverage(parameters, context, replies)
            }
        case .types:
            await stream { (parameters, replies) throws(CollectorError) in
                try await interface.types(parameters, context, replies)
            }
        case .doctor:
            await stream { (parameters, replies) throws(CollectorError) in
                try await interface.doctor(parameters, context, replies)
            }
        case .iamPolicy: await once(interface.iamPolicy)
        case .trustPolicy: await once(interface.trustPolicy)
        case .changes:
            await stream { (parameters, replies) throws(CollectorError) in
                try await interface.changes(parameters, context, replies)
            }
        case .monitor:
            await stream { (parameters, replies) throws(CollectorError) in
                try await interface.monitor(parameters, context, replies)
            }
        case .cancel: await once(interface.cancel)
        case .runs: await once(interface.runs)
        case .status: await once(interface.status)
        case .get: await once(interface.get)
        case .schedules: await once(interface.schedules)
        case .services: await once(interface.services)
        case .accounts: await once(interface.accounts)
        case .reload: await once(interface.reload)
        case .configuration: await once(interface.configuration)
        }
    }

    private func once<Parameters: CallParameters>(
        _ method: (Parameters, CallContext) async throws(CollectorError) -> Parameters.Reply
    ) async -> VarlinkReply? {
        await stream { (parameters, _) throws(CollectorError) in try await method(parameters, context) }
    }

    private func stream<Parameters: CallParameters>(
        _ method: (Parameters, ReplyStream<Parameters.Reply>) async throws(CollectorError) -> Parameters.Reply
    ) async -> VarlinkReply? {
        let parameters: Parameters
        do throws(WireFault) {
            var reader = try WireReader(call.parameters)
            parameters = try Parameters(from: &reader)
            try reader.refuseUnknown()
        } catch {
            return .failure(.invalidParameter(error.path))
        }
        let replies = ReplyStream<Parameters.Reply> { [call, send] reply throws(CollectorError) in
            if call.more { try await send(.success(reply.wire, continues: true)) }
        }
        do throws(CollectorError) {
            return .success(try await method(parameters, replies).wire, continues: false)
        } catch {
            return error.wire.map(VarlinkReply.failure)
        }
    }
}
