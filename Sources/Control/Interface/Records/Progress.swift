import JSON

/// How far a run is.
package struct Progress: WireRecord {
    /// Listings known so far; grows while parents reveal their children.
    package var planned: Int
    /// Listings that have ended.
    package var finished: Int
    /// The ended ones by how they ended.
    package var outcomes: [String: Int]
    /// Resources seen so far.
    package var resources: Int
    /// The same per service, sorted by name.
    package var services: [ServiceProgress]

    package init(planned: Int, finished: Int, outcomes: [String: Int], resources: Int, services: [ServiceProgress]) {
        self.planned = planned
        self.finished = finished
        self.outcomes = outcomes
        self.resources = resources
        self.services = services
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        planned = try reader.required("planned")
        finished = try reader.required("finished")
        outcomes = try reader.required("outcomes")
        resources = try reader.required("resources")
        services = try reader.required("services")
    }

    package var wire: JSONValue {
        .compact(
            ("planned", planned.wire), ("finished", finished.wire), ("outcomes", outcomes.wire),
            ("resources", resources.wire), ("services", services.wire))
    }
}

/// How far a run is with one service.
package struct ServiceProgress: WireRecord {
    package var service: String
    package var planned: Int
    package var finished: Int

    package init(service: String, planned: Int, finished: Int) {
        self.service = service
        self.planned = planned
        self.finished = finished
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        service = try reader.required("service")
        planned = try reader.required("planned")
        finished = try reader.required("finished")
    }

    package var wire: JSONValue {
        .compact(
            ("service", service.wire), ("planned", planned.wire), ("finished", finished.wire))
    }
}
