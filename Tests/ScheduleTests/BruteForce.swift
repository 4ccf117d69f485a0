import Glibc

@testable import Schedule

/// An evaluator of cron expressions that shares nothing with the one under test: it walks minute by minute, reads
/// the text of the fields anew for each day, and takes its calendar from the C library.
struct BruteForce {
    private let fields: [String]
    private let isCrontab: Bool

    init(_ expression: String) {
        isCrontab = !expression.hasPrefix("cron(")
        let inner = isCrontab ? expression : String(expression.dropFirst(5).dropLast())
        fields = inner.split(separator: " ").map(String.init)
    }

    /// The first firing after an instant and before `limit`, or nil.
    func next(after: Instant, before limit: Instant, zone: TimeZoneRules) -> Instant? {
        let hours = (0..<24).filter { matches(fields[1], $0, 0, 23, []) }
        let minutes = (0..<60).filter { matches(fields[0], $0, 0, 59, []) }
        var day: Int64 = .min
        var dayMatches = false
        var time = after + 1
        while time < limit {
            let wall = time + zone.offset(at: time)
            let second = ((wall % 86400) + 86400) % 86400
            if second % 60 != 0 {
                time += 60 - second % 60
                continue
            }
            let thisDay = (wall - second) / 86400
            if thisDay != day {
                day = thisDay
                dayMatches = matches(day: day)
            }
            if dayMatches, hours.contains(Int(second / 3600)), minutes.contains(Int(second / 60 % 60)),
                hours.count == 24 || !wasShown(wall, before: time, zone)
            {
                return time
            }
            // A day that does not match is crossed by the hour until late in the evening.
            time += dayMatches || second >= 20 * 3600 ? 60 : 3600
        }
        return nil
    }

    private func wasShown(_ wall: Int64, before time: Instant, _ zone: TimeZoneRules) -> Bool {
        guard zone.offset(at: time - 26 * 3600) != zone.offset(at: time) else { return false }
        for back in 1...26 * 60 {
            let earlier = time - Int64(back) * 60
            if earlier + zone.offset(at: earlier) == wall { return true }
        }
        return false
    }

    private func matches(day: Int64) -> Bool {
        var seconds = time_t(day * 86400)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let month = Int(parts.tm_mon) + 1
        let year = Int(parts.tm_year) + 1900
        let months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
        guard (1970...2199).contains(year), matches(fields[3], month, 1, 12, months) else { return false }
        let dayOfMonth = matchesDayOfMonth(parts)
        let dayOfWeek = matchesDayOfWeek(parts)
        if isCrontab {
            let isUnion = !fields[2].hasPrefix("*") && !fields[4].hasPrefix("*")
            return isUnion ? dayOfMonth || dayOfWeek : dayOfMonth && dayOfWeek
        }
        return dayOfMonth && dayOfWeek && matches(fields[5], year, 1970, 2199, [])
    }

    private func matchesDayOfMonth(_ parts: tm) -> Bool {
        let day = Int(parts.tm_mday)
        if fields[2] == "?" { return true }
        let length = self.length(of: parts)
        for element in fields[2].split(separator: ",") {
            if element == "L" {
                if day == length { return true }
            } else if element == "LW" {
                let last = (1...length).last { (1...5).contains(weekday($0, parts)) }
                if day == last { return true }
            } else if element.hasPrefix("L-") {
                if day == length - (Int(element.dropFirst(2)) ?? 99) { return true }
            } else if element.hasSuffix("W") {
                let wanted = Int(element.dropLast()) ?? 99
                guard wanted <= length else { continue }
                let nearest = [0, -1, 1, -2, 2].map { wanted + $0 }
                    .first { (1...length).contains($0) && (1...5).contains(weekday($0, parts)) }
                if day == nearest { return true }
            } else if matches(String(element), day, 1, 31, []) {
                return true
            }
        }
        return false
    }

    private func matchesDayOfWeek(_ parts: tm) -> Bool {
        let names = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
        let today = Int(parts.tm_wday) + (isCrontab ? 0 : 1)
        if fields[4] == "?" { return true }
        for element in fields[4].split(separator: ",") {
            if element.contains("#") {
                let pair = element.split(separator: "#")
                let isDay = matches(String(pair[0]), today, 1, 7, names)
                if isDay, (Int(parts.tm_mday) + 6) / 7 == Int(pair[1]) { return true }
            } else if element.hasSuffix("L") {
                let isDay = element == "L" ? today == 7 : matches(String(element.dropLast()), today, 1, 7, names)
                if isDay, element == "L" || Int(parts.tm_mday) + 7 > length(of: parts) { return true }
            } else if isCrontab {
                if matches(String(element), today, 0, 6, names) { return true }
                // 7 is Sunday too.
                if today == 0, element.contains("7"), matches(String(element), 7, 0, 7, names) { return true }
            } else if matches(String(element), today, 1, 7, names) {
                return true
            }
        }
        return false
    }

    private func length(of parts: tm) -> Int {
        var last = tm()
        last.tm_year = parts.tm_year
        last.tm_mon = parts.tm_mon + 1
        last.tm_mday = 0
        timegm(&last)
        return Int(last.tm_mday)
    }

    private func weekday(_ day: Int, _ parts: tm) -> Int {
        var date = tm()
        date.tm_year = parts.tm_year
        date.tm_mon = parts.tm_mon
        date.tm_mday = Int32(day)
        timegm(&date)
        return Int(date.tm_wday)
    }

    /// Walks each element of a plain field from its first value to its last, round the end of the field if need be.
    private func matches(_ field: String, _ value: Int, _ low: Int, _ high: Int, _ names: [String]) -> Bool {
        func number(_ text: Substring) -> Int {
            Int(text) ?? (names.firstIndex(of: text.uppercased()).map { $0 + (names.count == 12 ? 1 : low) } ?? -1)
        }
        for element in field.split(separator: ",") {
            let halves = element.split(separator: "/")
            let step = halves.count == 2 ? Int(halves[1]) ?? 1 : 1
            let ends = halves[0].split(separator: "-")
            let isStar = halves[0] == "*"
            let first = isStar ? low : number(ends[0])
            let last = isStar ? high : ends.count == 2 ? number(ends[1]) : halves.count == 2 ? high : first
            var current = first
            var count = 0
            while true {
                if current == value, count % step == 0 { return true }
                // A crontab range may end on 7, beyond the 6 of the walk.
                if current == last || count > 300 { break }
                current = current >= high && last <= high ? low : current + 1
                count += 1
            }
        }
        return false
    }
}
