package io.sealroom.partner.ceremony;

import io.sealroom.partner.room.TestRoom;
import java.io.IOException;

class ChainCeremonyTest extends AbstractCeremonyTest {

    @Override
    CeremonyChain start(TestRoom room) throws IOException {
        return AnvilCeremonyChain.start(room);
    }
}
