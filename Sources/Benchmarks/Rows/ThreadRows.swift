import Authorization
import Dispatch
import JSONSource
import Workloads

/// What a second thread brings: one immutable engine, the requests dealt out to both.
struct ThreadRows {
    let report: Report

    func run() throws {
        let works = ["decisions on 1 thread", "decisions on 2 threads", "2 threads by 1"]
        guard report.wants("threads", works) else { return }
        let shape = OrganizationShape(accounts: 200, rolesPerAccount: 20)
        let world = try LoadedWorld(GeneratedOrganization(shape).bytes())
        let generated = GeneratedRequests(shape)
        var requests: [Request] = []
        for number in 0..<10_000 {
            requests.append(try world.request(generated.item(number).line(id: number)))
        }
        let halves = [requests[..<5_000], requests[5_000...]].map {
            PreparedDecisions(engine: world.engine, requests: Array($0))
        }
        let one = report.measure("threads", works[0], .perSecond, .wall) {
            Stopwatch.wall.rate(units: requests.count) {
                for half in halves { half.decideAll(.verdict) }
            }
        }
        let two = report.measure("threads", works[1], .perSecond, .wall) {
            Stopwatch.wall.rate(units: requests.count) {
                DispatchQueue.concurrentPerform(iterations: 2) { halves[$0].decideAll(.verdict) }
            }
        }
        guard let one, let two else { return }
        report.add(Figure("threads", works[2], .times, nil, [two.best / one.best]))
    }
}
