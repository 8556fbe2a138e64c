import Authorization
import JSONSource
import PolicyLanguage
import Scenarios
import Workloads

/// Writes generated organizations, and what is asked of them, to standard output.
struct GenerateCommand {
    let options: Options

    func organization() throws {
        let shape = try options.shape(accounts: 100, roles: 20)
        let indent = try options.text("--indent").map { _ in try options.number("--indent", else: 2)
        }
        GeneratedOrganization(shape).write(indent: indent, to: StandardOutput.write)
    }

    func requests() throws {
        let requests = GeneratedRequests(try options.shape(accounts: 100, roles: 20))
        var bytes: [UInt8] = []
        for number in 0..<(try options.number("--count", else: 1_000)) {
            bytes += requests.item(number).line(id: number).utf8
            bytes.append(10)
            if bytes.count > 1 << 20 {
                StandardOutput.write(bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        StandardOutput.write(bytes)
    }

    /// CloudTrail records in the form of a log file, or a line each.
    func records() throws {
        let records = GeneratedRecords(
            try options.shape(accounts: 100, roles: 20),
            isEachItsOwn: options.has("--distinct")
        )
        let areLines = options.has("--lines")
        var bytes = Array((areLines ? "" : "{\"Records\":[").utf8)
        for number in 0..<(try options.number("--count", else: 1_000)) {
            if number > 0 { bytes.append(UInt8(ascii: areLines ? "\n" : ",")) }
            bytes += records.text(number).utf8
            if bytes.count > 1 << 20 {
                StandardOutput.write(bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        StandardOutput.write(bytes + Array((areLines ? "\n" : "]}\n").utf8))
    }

    /// A scenario of as many checks, which expect what the engine says now.
    func scenario() throws {
        let shape = try options.shape(accounts: 100, roles: 20)
        let requests = GeneratedRequests(shape)
        let world = try LoadedWorld(GeneratedOrganization(shape).bytes())
        var text = JSONText(indent: 1, to: StandardOutput.write)
        try text.object { text in
            text.string("scenario", "Generated checks")
            text.string("organization", options.text("--file") ?? "organization.json")
            try text.array("steps") { text in
                for number in 0..<(try options.number("--count", else: 1_000)) {
                    let item = requests.item(number)
                    let decision = try world.decision(item.line(id: number))
                    text.object { text in
                        text.string("principal", item.principal)
                        text.string("action", item.action)
                        text.string("resource", item.resource)
                        text.object("context") { text in
                            text.string("aws:RequestedRegion", item.region)
                            text.string("aws:SourceIp", item.sourceAddress)
                        }
                        text.string("expect", decision.outcome.rawValue)
                    }
                }
            }
        }
        text.finish()
    }
}
