extension Check {
    static let aboutKeys: [Check] = [
        unknownOperator, operatorSpelling, unknownConditionKey, keyNeverCarried,
        keyCarriedBySome, multivaluedKeyWithoutSetOperator, singleValuedKeyWithSetOperator,
        operatorDoesNotFitType, conditionKeyTwice, contradictingConditions,
        allowForAllValuesWithoutNull, forAllValuesHoldsForNothing, denyForAllValuesWithoutNull,
        denyMissesAbsentKey,
        mfaIfExistsInAllow, mfaDenyMissesAccessKeys, mfaDenyHitsFederation, nullAsksBoth,
        addressTogetherWithEndpoint, serviceCallerKeyInIdentityPolicy, ifExistsInAllow,
    ]
}
