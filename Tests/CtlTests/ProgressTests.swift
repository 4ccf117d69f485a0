import Control
import Testing

@testable import collectorctl

@Suite("Progress and reports")
struct ProgressTests {
    private func progress(_ finished: Int, of planned: Int) -> Progress {
        var progress = Samples.progress
        (progress.finished, progress.planned) = (finished, planned)
        return progress
    }

    @Test("Rate and remaining time come from what was finished lately")
    func meter() {
        var meter = ProgressMeter()
        #expect(meter.rate(at: .seconds(1)) == nil)
        for second in 0...60 { meter.note(progress(second * 10, of: 1000), at: .seconds(second)) }
        #expect(meter.rate(at: .seconds(60)) == 10)
        #expect(meter.remaining(progress(600, of: 1000), at: .seconds(60)) == 40)
        // Nothing for a while: the rate falls, the rest takes longer.
        #expect(meter.rate(at: .seconds(90)).map { $0 < 10 } == true)
    }

    @Test("A line tells listings, resources, problems, rate, time left and services under way")
    func line() {
        var meter = ProgressMeter()
        meter.note(progress(0, of: 4), at: .zero)
        meter.note(progress(2, of: 4), at: .seconds(4))
        let text = ProgressText.line(Samples.progress, meter, at: .seconds(4))
        #expect(text == "2/4 listings (50%), 20 resources, 1 with problems, 0.5/s, about 4s left; ec2 1/3")
    }

    @Test("Bars never exceed the terminal", arguments: [(20, 3), (40, 2), (80, 12), (200, 24)])
    func bars(width: Int, height: Int) {
        var progress = Samples.progress
        progress.services = (0..<40).map { ServiceProgress(service: "service\($0)", planned: 10, finished: $0 % 10) }
        let lines = ProgressText.bars(
            progress, ProgressMeter(), at: .seconds(5), width: width, height: height, colors: false)
        #expect(lines.count <= height)
        #expect(lines.allSatisfy { TerminalText.width(of: $0) < width })
        #expect(lines[0].hasPrefix("[#####") || lines[0].contains("…"))
        #expect(lines.last?.hasPrefix("and \(40 - (lines.count - 2)) more serv") == true)
    }

    @Test(
        "The exit code tells how the run ended",
        arguments: [
            (RunState.succeeded, ["complete": 4], ExitCode.success),
            (.partial, ["complete": 3, "denied": 1], .partial),
            (.failed, ["denied": 3, "credentials": 1], .access), (.failed, ["credentials": 4], .access),
            (.failed, ["deniedByPolicy": 3, "notEnabled": 1], .access),
            (.failed, ["denied": 3, "failed": 1], .failure),
            (.failed, ["timedOut": 4], .failure), (.cancelled, ["complete": 1, "cancelled": 3], .cancelled),
            (.interrupted, ["interrupted": 4], .failure),
        ])
    func exitCodes(state: RunState, outcomes: [String: Int], code: ExitCode) {
        #expect(RunReport.exitCode(Samples.run(state, outcomes: outcomes)) == code)
    }

    @Test("One cause is told once, with what to do")
    func failures() {
        var failures = RunFailures()
        for region in ["eu-west-1", "us-east-1", "eu-central-1"] {
            var listing = Samples.denied
            listing.region = region
            failures.add(listing)
        }
        var good = Samples.denied
        good.outcome = "empty"
        failures.add(good)
        #expect(
            failures.lines(run: "r1") == [
                "111122223333 eu-central-1 and 2 more ec2/vpc: denied (DescribeVpcs: UnauthorizedOperation), 3 listings",
                "    You are not authorized",
                "    → allow the operation in the policy of the role that the daemon assumes",
            ])
    }

    @Test("However many causes there are, the report stays short and counts the rest")
    func manyFailures() {
        var failures = RunFailures()
        for number in 0..<1500 {
            var listing = Samples.denied
            listing.account = "\(number)"
            failures.add(listing)
        }
        let lines = failures.lines(run: "r1")
        #expect(lines.count == 31)
        #expect(lines.last == "and 1490 more listings: collectorctl coverage r1")
    }

    @Test("AWS's texts cannot control the terminal through a report")
    func injection() {
        var failures = RunFailures()
        var listing = Samples.denied
        listing.error?.message = "\u{1B}]0;title\u{7}"
        failures.add(listing)
        let report = RunReport(summary: Samples.run(.partial), failures: failures, colors: false)
        #expect(!report.text.contains("\u{1B}"))
        #expect(report.text.contains("\\x1b]0;title\\x07"))
    }
}
