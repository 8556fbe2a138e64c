/// CloudTrail records of calls that fit a generated organization, repeated as real ones are.
///
/// Programs call the same again and again: seven of eight records are one of few thousand calls,
/// each from one place; the others are calls of their own. Moments, ids and keys always differ.
package struct GeneratedRecords: Sendable {
    private let plan: OrganizationPlan
    private let requests: GeneratedRequests
    /// How many calls come again and again.
    private static let habits = 4_000
    private let isEachItsOwn: Bool

    /// With `isEachItsOwn` no call comes again, as hardly any real history is.
    package init(_ shape: OrganizationShape, isEachItsOwn: Bool = false) {
        plan = OrganizationPlan(shape)
        requests = GeneratedRequests(shape)
        self.isEachItsOwn = isEachItsOwn
    }

    /// The record of a number, on one line without a line break.
    package func text(_ number: Int) -> String {
        let kind = plan.numbers.number(below: 8, for: .requestPlace, number, 2)
        let habit = plan.numbers.number(below: Self.habits, for: .requestPlace, number, 3)
        let call = kind == 0 || isEachItsOwn ? Self.habits + number : habit
        let item = requests.item(call)
        let caller = item.principal.split(separator: "/").last.map(String.init) ?? ""
        let account = plan.accountID(ofCaller: item.principal)
        let parts = item.action.split(separator: ":").map(String.init)
        let time = Self.time(number)
        let id = String(number, radix: 16)
        let session = "i-0\(call % 97)"
        let arn = "arn:aws:sts::\(account):assumed-role/\(caller)/\(session)"
        return """
            {"eventVersion":"1.11","userIdentity":{"type":"AssumedRole",\
            "principalId":"AROA\(caller):\(session)","arn":"\(arn)","accountId":"\(account)",\
            "accessKeyId":"ASIA\(id)","sessionContext":{"sessionIssuer":{"type":"Role",\
            "principalId":"AROA\(caller)","arn":"arn:aws:iam::\(account):role/\(caller)",\
            "accountId":"\(account)","userName":"\(caller)"},"attributes":\
            {"creationDate":"\(Self.time(number - number % 3_600))","mfaAuthenticated":"false"},\
            "ec2RoleDelivery":"2.0"}},"eventTime":"\(time)",\
            "eventSource":"\(parts[0]).amazonaws.com","eventName":"\(parts[1])",\
            "awsRegion":"\(item.region)","sourceIPAddress":"\(item.sourceAddress)",\
            "userAgent":"aws-sdk-go-v2/1.30.\(number % 9) os/linux lang/go#1.24.0 md/GOOS#linux",\
            "requestParameters":\(Self.parameters(item)),"responseElements":null,\
            "requestID":"\(id)-52f9-4fe4-a3fa-cb6eed8b2a9a","eventID":"\(id)-1f21-4f3e-9c1e",\
            "readOnly":false,"resources":[{"ARN":"\(item.resource)","accountId":"\(account)"}],\
            "eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"\(account)",\
            "eventCategory":"Management","tlsDetails":{"tlsVersion":"TLSv1.3",\
            "cipherSuite":"TLS_AES_128_GCM_SHA256",\
            "clientProvidedHostHeader":"\(parts[0]).\(item.region).amazonaws.com"}}
            """
    }

    private static func parameters(_ item: GeneratedRequests.Item) -> String {
        let name = item.resource.split(separator: ":", maxSplits: 5).last ?? ""
        return #"{"resourceName":"\#(name)","dryRun":false}"#
    }

    /// So many seconds after a moment of November 2025, as text.
    private static func time(_ number: Int) -> String {
        let (day, rest) = (number / 86_400 % 28 + 1, number % 86_400)
        func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "2025-11-\(padded(day))T\(padded(rest / 3_600)):\(padded(rest / 60 % 60))"
            + ":\(padded(rest % 60))Z"
    }
}

extension OrganizationPlan {
    /// The id of the account that a principal's name begins with: its number ends the name.
    fileprivate func accountID(ofCaller principal: String) -> String {
        let name = principal.prefix { $0 != ":" }
        return accountID(name.split(separator: "-").last.flatMap { Int($0) } ?? 0)
    }
}
