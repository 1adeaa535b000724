package io.sealroom.cli.report;

import io.sealroom.cli.budget.RoomSpending;
import io.sealroom.schemas.policy.Policy;
import java.util.Optional;

/**
 * What the file was held against.
 *
 * @param policy the policy, if the user gave it
 * @param chainNamed whether the user named an endpoint and a contract
 * @param budget what the chain says was spent; empty if it was not asked, or does not answer
 * @param budgetAway whether it was asked and does not answer
 */
record Evidence(
        Optional<Policy> policy,
        boolean chainNamed,
        Optional<RoomSpending> budget,
        boolean budgetAway) {}
