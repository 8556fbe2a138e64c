extension Check {
    static let aboutKeys: [Check] = [
        unknownOperator, operatorSpelling, unknownConditionKey, keyNeverCarried,
        keyCarriedBySome, multivaluedKeyWithoutSetOperator, singleValuedKeyWithSetOperator,
        operatorDoesNotFitType, conditionKeyTwice, contradictingConditions,
    ]
}
