package io.sealroom.contracts;

import io.sealroom.contracts.wrappers.BudgetLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.web3j.protocol.core.methods.response.Log;

/** Logs of a ledger to events; of events that it does not know, nothing. */
final class LedgerDecoder {

    private static final String REGISTERED = EventDecoder.topic(BudgetLedger.REGISTERED_EVENT);
    private static final String ALLOWED = EventDecoder.topic(BudgetLedger.ALLOWED_EVENT);
    static final String CHARGED = EventDecoder.topic(BudgetLedger.CHARGED_EVENT);

    private LedgerDecoder() {}

    static List<LedgerEvent> decode(List<Log> logs) {
        List<LedgerEvent> events = new ArrayList<>();
        for (Log log : logs) {
            decode(log).ifPresent(events::add);
        }
        return events;
    }

    /** Those of the events that are charges. */
    static List<LedgerEvent.Charged> charges(List<LedgerEvent> events) {
        return events.stream()
                .filter(LedgerEvent.Charged.class::isInstance)
                .map(LedgerEvent.Charged.class::cast)
                .toList();
    }

    static Optional<LedgerEvent> decode(Log log) {
        String topic = log.getTopics().isEmpty() ? "" : log.getTopics().get(0);
        if (topic.equals(REGISTERED)) {
            return Optional.of(registered(log));
        }
        if (topic.equals(ALLOWED)) {
            return Optional.of(allowed(log));
        }
        return topic.equals(CHARGED) ? Optional.of(charged(log)) : Optional.empty();
    }

    private static LedgerEvent registered(Log log) {
        BudgetLedger.RegisteredEventResponse event = BudgetLedger.getRegisteredEventFromLog(log);
        return new LedgerEvent.Registered(
                EventDecoder.position(log),
                Word.of(event.dataset),
                new Account(event.owner),
                Word.of(event.name),
                EventDecoder.amount(event.periodMillis),
                EventDecoder.number(event.limitPerPeriod),
                EventDecoder.amount(event.limitForLife));
    }

    private static LedgerEvent allowed(Log log) {
        BudgetLedger.AllowedEventResponse event = BudgetLedger.getAllowedEventFromLog(log);
        return new LedgerEvent.Allowed(
                EventDecoder.position(log),
                Word.of(event.dataset),
                new Account(event.room),
                EventDecoder.amount(event.allowance));
    }

    private static LedgerEvent charged(Log log) {
        BudgetLedger.ChargedEventResponse event = BudgetLedger.getChargedEventFromLog(log);
        return new LedgerEvent.Charged(
                EventDecoder.position(log),
                new Account(event.room),
                EventDecoder.number(event.period),
                Word.of(event.query),
                EventDecoder.number(event.start),
                EventDecoder.number(event.amount),
                AbiTypes.words(event.datasets));
    }
}
