import AWS
import Control
import Inventory
import Refresh

/// What `collectorctl doctor` looks at in AWS.
struct AccessChecks: Sendable {
    let components: Components

    /// AWS refuses signatures that are older or newer; the client corrects its clock, at the price of a refused call.
    private static let refusedSkewInSeconds = 300
    /// Beyond this a clock is not kept by anything.
    private static let doubtfulSkewInSeconds = 10

    // MARK: The collector itself

    /// Whether AWS can be reached, and whether the clocks agree.
    func endpoint() async -> DoctorCheck {
        guard let service = try? components.catalogue.glance(at: "sts") else {
            return check(.credentials, "endpoint", .failed, "the catalogue has no sts", advice: "install it again")
        }
        do throws(HTTPError) {
            let answer = try await components.endpoints.ask(service.model, region: components.homeRegion)
            guard let date = answer.date else {
                return check(.credentials, "endpoint", .ok, "\(answer.host) answers")
            }
            let skew = abs(Components.now() - date)
            let isDoubtful = skew > Self.doubtfulSkewInSeconds
            return check(
                .credentials, "endpoint", isDoubtful ? .warning : .ok,
                "\(answer.host) answers; this machine's clock is \(skew) s from its"
                    + (skew > Self.refusedSkewInSeconds ? ", and AWS refuses signatures that are 5 minutes off" : ""),
                advice: isDoubtful ? "set the clock: timedatectl set-ntp true" : nil)
        } catch {
            return check(
                .credentials, "endpoint", .failed, Self.text(error),
                advice: "check DNS, routes, proxies and AWS_ENDPOINT_URL for the daemon's user")
        }
    }

    /// Where keys come from, and that they can be had.
    func source() async -> DoctorCheck {
        do throws(CredentialsError) {
            let method = try components.credentials.method()
            let keys = try await components.credentials.credentials()
            let expiry = keys.expiration.map { ", for another \(($0 - Components.now()) / 60) minutes" } ?? ""
            return check(.credentials, "credentials", .ok, "found by \(method)\(expiry)")
        } catch {
            return check(
                .credentials, "credentials", .failed, error.message,
                advice:
                    "an instance role, LoadCredential=, or AWS_PROFILE in the unit's environment gives the daemon keys")
        }
    }

    /// Who AWS says that the collector is.
    func identity() async -> DoctorCheck {
        do throws(ListingFailure) {
            let identity = try await components.accounts.identity()
            return check(.credentials, "identity", .ok, identity.arn)
        } catch {
            return failed(.credentials, "identity", nil, error, advice: "the keys are wrong or expired: replace them")
        }
    }

    /// Why not all accounts are known.
    func discovery(_ failure: ListingFailure) -> DoctorCheck {
        failed(
            .credentials, "accounts", nil, failure,
            advice: "collectorctl iam-policy prints what discovery needs, in the management or a delegated account")
    }

    // MARK: Accounts

    /// The way into an account, its regions and its permissions; each needs the one before.
    func account(_ account: KnownAccount) async -> [DoctorCheck] {
        let identity: CallerIdentity
        do throws(ListingFailure) {
            identity = try await components.accounts.identity(of: account)
        } catch {
            let advice =
                account.target.roleARN == nil
                ? "the collector's own credentials do not work"
                : "give the role the trust policy that collectorctl iam-policy --trust \(account.id) prints, and the "
                    + "collector sts:AssumeRole on it"
            return [failed(.account, "role", account.id, error, advice: advice)]
        }
        guard identity.account == account.id else {
            return [
                check(
                    .account, "role", .failed, "the credentials are of account \(identity.account)",
                    account: account.id, advice: "RoleArn= must name a role of this account")
            ]
        }
        var checks = [check(.account, "role", .ok, identity.arn, account: account.id)]
        let regions: [String]
        do throws(ListingFailure) {
            regions = try await components.accounts.regions(of: account)
            checks.append(
                check(
                    .account, "regions", .ok, "\(regions.count { $0 != Scope.global }) regions", account: account.id))
        } catch {
            regions = await components.accounts.assumedRegions(of: account)
            checks.append(
                failed(
                    .account, "regions", account.id, error,
                    advice: "allow ec2:DescribeRegions, or list the regions in Regions="))
        }
        checks.append(await permissions(account, identity, regions))
        return checks
    }

    private func permissions(
        _ account: KnownAccount, _ identity: CallerIdentity, _ regions: [String]
    ) async -> DoctorCheck {
        let name = "permissions"
        do throws(CatalogueError) {
            let own = identity.roleName.map { role in
                "arn:\(Partition(region: components.homeRegion).name):iam::\(identity.account):role/\(role)"
            }
            let probe = await components.accounts.probe(of: account)
            let found = try await probe.run(
                role: account.target.roleARN ?? own ?? identity.arn, regions: regions)
            return describe(found, account.id)
        } catch {
            return check(.configuration, name, .failed, "\(error)", account: account.id, advice: "check Types=")
        }
    }

    private func describe(_ found: PermissionProbe.Findings, _ account: String) -> DoctorCheck {
        var parts = [
            found.isSimulated
                ? "\(found.tested) actions asked of IAM's simulator" : "\(found.tested) list calls tried"
        ]
        if !found.missing.isEmpty { parts.append("\(found.missing.count) actions are not allowed") }
        if !found.forbidden.isEmpty { parts.append("\(found.forbidden.count) are denied explicitly") }
        if !found.unclear.isEmpty { parts.append("no verdict of " + found.unclear.joined(separator: ", ")) }
        if found.untested > 0 {
            parts.append("\(found.untested) actions of follow-up calls not tried (iam:SimulatePrincipalPolicy would)")
        }
        let missing = (found.missing + found.forbidden).sorted()
        let state: CheckState = !missing.isEmpty ? .failed : found.unclear.isEmpty ? .ok : .warning
        var advice: String?
        if !missing.isEmpty {
            advice = "allow \(missing.joined(separator: ", ")): collectorctl iam-policy --account \(account)"
            if found.missing.isEmpty {
                advice = "a service control policy or boundary denies them; leave out the types"
            }
        }
        return DoctorCheck(
            area: .account, check: "permissions", account: account, state: state,
            message: parts.joined(separator: "; "), advice: advice, actions: missing)
    }

    // MARK: Forms

    private func check(
        _ area: CheckArea, _ name: String, _ state: CheckState, _ message: String, account: String? = nil,
        advice: String? = nil
    ) -> DoctorCheck {
        DoctorCheck(
            area: area, check: name, account: account, state: state, message: message, advice: advice, actions: [])
    }

    private func failed(
        _ area: CheckArea, _ name: String, _ account: String?, _ failure: ListingFailure, advice: String
    ) -> DoctorCheck {
        let error = failure.error
        let text = [error.operation, error.code, error.message].filter { !$0.isEmpty }.joined(separator: ": ")
        return check(area, name, .failed, text, account: account, advice: advice)
    }

    private static func text(_ error: HTTPError) -> String {
        switch error {
        case .unreachable(let host, let reason): "\(host) cannot be reached: \(reason)"
        case .untrusted(let host, let reason): "\(host) has no certificate that is trusted: \(reason)"
        case .timedOut(let host, let phase): "\(host) does not answer in time (\(phase))"
        case .broken(let host, let reason): "\(host) answers, but not in HTTP: \(reason)"
        case .tooLarge, .cancelled, .closed: "\(error)"
        }
    }
}
