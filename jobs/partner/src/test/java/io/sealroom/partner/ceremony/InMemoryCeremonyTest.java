package io.sealroom.partner.ceremony;

import io.sealroom.partner.room.TestRoom;

class InMemoryCeremonyTest extends AbstractCeremonyTest {

    @Override
    CeremonyChain start(TestRoom room) {
        return InMemoryCeremonyChain.start(room);
    }
}
