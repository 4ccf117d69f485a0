import JSON

/// Takes nothing.
package struct SchedulesParameters: CallParameters {
    package typealias Reply = SchedulesReply
    package static let method = CollectorMethod.schedules

    package init() {}

    package init(from reader: inout WireReader) throws(WireFault) {}

    package var wire: JSONValue { .object([]) }
}

/// Every schedule, sorted by name.
package struct SchedulesReply: WireRecord {
    package var schedules: [ScheduleInfo]

    package init(schedules: [ScheduleInfo]) {
        self.schedules = schedules
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        schedules = try reader.required("schedules")
    }

    package var wire: JSONValue {
        .compact(
            ("schedules", schedules.wire))
    }
}
