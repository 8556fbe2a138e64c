/// Words of command lines and the files they name; `@` stands for the folder of the files.
enum CommandLineText {
    static let lines = [
        "test @", "test @/scenario.json", "test --format json @/scenario.json",
        "test --root @ @/scenario.json @/below", "test --format=json -- @/scenario.json",
        "test --coverage @/scenario.json", "test --format lcov @/scenario.json",
        "test --coverage-threshold 50 --format json @",
        "evaluate --organization @/organization.json",
        "evaluate --organization=@/organization.json --clock 2026-01-15T09:00:00Z --root @",
        "who-can --organization @/organization.json --action s3:GetObject --resource arn:aws:s3:::b",
        "who-can --organization @/organization.json --action sts:AssumeRole "
            + "--resource prod:role/Deploy --chained --format json --include root",
        "who-can --organization @/organization.json --action s3:GetObject --resource * "
            + "--context aws:SourceIp=203.0.113.9 --clock 2026-01-15T09:00:00Z",
        "explain --organization @/organization.json --principal prod:role/Deploy "
            + "--action s3:GetObject --resource arn:aws:s3:::b/k --fix --trace",
        "explain --organization @/organization.json --principal anonymous --action s3:GetObject "
            + "--unknown * --without serviceControlPolicy --format json --fix",
        "explain --scenario @/scenario.json --step 0 --fix --format json",
        "explain --organization @/organization.json --message - --quiet",
        "explain --organization @/organization.json --event @/event.json#1",
        "lint @", "lint --as scp @/policy.json", "lint --format json @/organization.json",
        "lint --format sarif @", "lint --format github @", "lint --fail-on error @/policy.json",
        "lint --checks", "lint --explain unknown-action", "lint @/broken.json", "help", "--help",
        "help test", "help evaluate", "help who-can", "help lint", "test --help", "--version",
    ]

    static let words = [
        "explain", "--principal", "--scenario", "--step", "--message", "--event", "--unknown",
        "--without", "--fix", "--trace", "--quiet", "--unknown=aws:SourceIp", "--step=one",
        "identityPolicy", "serviceRule", "aws:RequestTag/*", "@/event.json", "@/event.json#2",
        "test", "evaluate", "who-can", "lint", "help", "--help", "-h", "--version", "--", "-",
        "--root",
        "--format", "--organization", "--clock", "--action", "--resource", "--context", "--include",
        "--chained", "--as", "--fail-on", "--checks", "--explain", "--format=json", "--format=",
        "--coverage", "--coverage-threshold=9",
        "--root=@", "--fail-on=note", "--as=trust", "json", "text", "sarif", "github", "scp",
        "identity",
        "trust", "error", "never", "@", "@/scenario.json", "@/organization.json", "@/policy.json",
        "@/broken.json", "@/missing.json", "@/below", "@/below/../policy.json", "@//", "@/.", "",
        "s3:GetObject", "s3:*", "*", "arn:aws:s3:::b", "prod:role/Deploy",
        "aws:SourceIp=203.0.113.9",
        "aws:PrincipalTag/team=", "=", "root", "anonymous", "service:s3.amazonaws.com",
        "2026-01-15T09:00:00Z", "2026", "unknown-action", "--formt", "tets", "\u{1B}[2J",
        "\u{202E}",
        "--é", "--organization=@/organization.json", "\u{FFFD}", "-1", "0", "--root=",
    ]

    /// What `orgsim evaluate` is asked.
    static let input = """
        {"id": 1, "principal": "prod:role/Deploy", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k"}
        {"id": "two", "principal": "anonymous", "action": "s3:GetObject", "resource": "*"}

        {"id": 3}
        """

    static let files = [
        "organization.json": organization,
        "scenario.json": """
        {"scenario": "one", "organization": "organization.json", "steps": [
          {"principal": "prod:role/Deploy", "action": "s3:GetObject",
           "resource": "arn:aws:s3:::b/k", "expect": "allowed"}]}
        """,
        "policy.json": policy,
        "broken.json": #"{"Statement": ["#,
        "event.json": """
        {"Records": [{"eventTime": "2026-01-10T08:00:00Z", "eventSource": "s3.amazonaws.com",
          "eventName": "GetObject", "awsRegion": "eu-west-1", "sourceIPAddress": "203.0.113.7",
          "userIdentity": {"type": "AssumedRole",
            "arn": "arn:aws:sts::222222222222:assumed-role/Deploy/ci"},
          "requestParameters": {"bucketName": "b", "key": "k"}, "errorCode": "AccessDenied"}]}
        """,
        "below/other.json": "[]",
    ]

    private static let policy = """
        {"Version": "2012-10-17",
         "Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}}
        """

    private static let organization = """
        {"organization": {"id": "o-acmecorp01", "managementAccount": "management"},
         "root": {"accounts": {"management": {"id": "111111111111"},
          "prod": {"id": "222222222222", "iam": {"roles": {"Deploy": {
           "inlinePolicies": {"Read": \(policy)},
           "trustPolicy": {"Version": "2012-10-17", "Statement": {"Effect": "Allow",
            "Principal": {"AWS": "111111111111"}, "Action": "sts:AssumeRole"}}}}}}}}}
        """
}
