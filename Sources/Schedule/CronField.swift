/// One field of a cron expression: its name in messages, its range and its words.
enum CronField: Sendable, Equatable {
    case minute, hour, dayOfMonth, month, dayOfWeek, year

    /// The order of EventBridge's `cron(…)`; 5-field cron is the same without the year.
    static let all: [CronField] = [.minute, .hour, .dayOfMonth, .month, .dayOfWeek, .year]

    var name: String {
        switch self {
        case .minute: "minute"
        case .hour: "hour"
        case .dayOfMonth: "day-of-month"
        case .month: "month"
        case .dayOfWeek: "day-of-week"
        case .year: "year"
        }
    }

    /// The numbers that may be written; EventBridge counts Sunday as 1, cron as 0 and as 7.
    func range(in dialect: CronDialect) -> ClosedRange<Int> {
        switch self {
        case .minute: 0...59
        case .hour: 0...23
        case .dayOfMonth: 1...31
        case .month: 1...12
        case .dayOfWeek: dialect == .eventBridge ? 1...7 : 0...7
        case .year: ScheduleYears.range
        }
    }

    /// The last number of `*` and of an open step such as `2/3`; cron's 7 is Sunday again and not counted twice.
    func last(in dialect: CronDialect) -> Int {
        self == .dayOfWeek && dialect == .crontab ? 6 : range(in: dialect).upperBound
    }

    /// The words that may stand for numbers, in the order of their numbers.
    var words: [String] {
        switch self {
        case .month: Self.monthWords
        case .dayOfWeek: Self.weekdayWords
        default: []
        }
    }

    /// The place of a written number in the field's `ValueSet`: Sunday is 0, the year counts from 1970.
    func index(of number: Int, in dialect: CronDialect) -> Int {
        switch self {
        case .dayOfWeek: dialect == .eventBridge ? number - 1 : number % 7
        case .year: number - 1970
        default: number
        }
    }

    static let monthWords = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
    static let weekdayWords = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
}

/// The two families of cron expressions that are read.
enum CronDialect: Sendable, Equatable {
    /// `cron(minute hour day-of-month month day-of-week year)` of Amazon EventBridge.
    case eventBridge
    /// The five fields of Vixie's cron, crontab(5).
    case crontab
}
