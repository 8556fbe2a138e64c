extension Check {
    static let aboutResources: [Check] = [
        actionNeverMeetsResource, resourceNeverMet, actionNeedsEveryResource, incompleteARN,
        wildcardInService, resourceOfUnknownService, objectPatternReachesBuckets,
    ]
}
