import Glibc
import Schedule

/// Times next-fire computations over a mixed set of expressions and zones, on one core.
///
/// Usage: `schedule-bench [ROUNDS]`. Build it in release mode; `make bench` does. Exit code 1 when the set cannot be
/// read, 3 when fewer than 1,000,000 computations a second are reached.
@main
enum ScheduleBench {
    private static let goal = 1_000_000.0

    private static let expressions = [
        "cron(0 2 * * ? *)", "cron(0/15 * * * ? *)", "cron(* * * * ? *)", "cron(15 10 ? * MON-FRI *)",
        "cron(0 8 1 * ? *)", "cron(15 10 ? * 6L *)", "cron(0 18 L * ? *)", "cron(0 18 LW * ? *)",
        "cron(30 9 L-3 * ? *)", "cron(0 9 15W * ? *)", "cron(0 9 1W,15W * ? *)", "cron(0 12 ? * 3#2 *)",
        "cron(0/5 8-17 ? * MON-FRI *)", "cron(0/30 20-2 ? * MON-FRI *)", "cron(30 2 * * ? *)",
        "cron(0 0 29 2 ? *)", "cron(0 0 1 JAN,APR,JUL,OCT ? *)", "cron(10 1/2 ? * SUN,SAT *)",
        "cron(0 12 1/5 * ? 2020/2)", "cron(59 23 31 12 ? 2030-2199)", "rate(5 minutes)", "rate(1 hour)",
        "rate(7 days)", "*/15 * * * *", "30 4 1,15 * FRI", "0 9-17 * * 1-5", "5 0 * 8 *", "0 0 */2 * MON",
        "17 3 29 2 *", "@hourly", "@daily", "@weekly", "@monthly", "@yearly",
    ]
    private static let zones = [
        "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kolkata",
        "America/St_Johns", "Pacific/Apia",
    ]

    static func main() {
        let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 2000
        do throws(ScheduleError) {
            try run(rounds: max(1, rounds))
        } catch {
            print("schedule-bench: \(error)")
            exit(1)
        }
    }

    private static func run(rounds: Int) throws(ScheduleError) {
        var schedules: [ScheduleExpression] = []
        for expression in expressions { schedules.append(try ScheduleExpression(expression)) }
        var rules: [TimeZoneRules] = []
        for zone in zones { rules.append(try TimeZoneDirectory.system.rules(for: zone)) }

        // Starts from 2020 on; each pair walks `steps` firings, and a schedule at its end starts again.
        let origin: Instant = 1_577_836_800
        let steps = 20
        var computations = 0
        var checksum: Int64 = 0
        let clock = ContinuousClock()
        let begin = clock.now
        for round in 0..<max(1, rounds / steps) {
            let start = origin + Int64(round) * 1_000_003
            for schedule in schedules {
                for zone in rules {
                    var instant = start
                    for _ in 0..<steps {
                        let next = schedule.next(after: instant, zone: zone, anchor: origin)
                        checksum &+= next ?? 1
                        instant = next ?? start
                    }
                    computations += steps
                }
            }
        }
        report(computations: computations, time: clock.now - begin, checksum: checksum)
    }

    private static func report(computations: Int, time: Duration, checksum: Int64) {
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        let rate = Double(computations) / seconds
        print(
            "next-fire: \(Int(rate)) computations/s on one core (\(computations) over \(expressions.count) expressions"
                + " x \(zones.count) zones in \(Int(seconds * 1000)) ms, checksum \(checksum))")
        if rate < goal { exit(3) }
    }
}
