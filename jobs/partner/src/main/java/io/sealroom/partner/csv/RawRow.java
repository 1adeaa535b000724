package io.sealroom.partner.csv;

import io.sealroom.partner.event.RawEvent;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import java.util.List;

/** What the texts of one record say, before anybody looks whether it makes an event. */
public sealed interface RawRow {

    /** Every text says something. */
    record Read(RawEvent event) implements RawRow {}

    /** The first text that says nothing. */
    record Unread(CsvColumn column, CsvRejectReason reason) implements RawRow {}

    /**
     * @param fields texts in the order of {@link CsvColumn}, as many as there are
     */
    static RawRow of(List<String> fields) {
        RowTexts texts = new RowTexts(fields);
        RawEvent event =
                new RawEvent(
                        texts.field(CsvColumn.EVENT_ID),
                        texts.identifierKind(IdentifierKind.EMAIL),
                        texts.field(CsvColumn.IDENTIFIER),
                        texts.time(0),
                        texts.kind(EventKind.VIEW),
                        texts.cell(),
                        texts.value(0));
        CsvReject fault = texts.firstFault(0);
        return fault == null || fault.column() == null
                ? new Read(event)
                : new Unread(fault.column(), fault.reason());
    }
}
