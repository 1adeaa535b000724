package io.sealroom.partner.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.partner.room.TestRoom;
import org.junit.jupiter.api.Test;

class TokenCachesTest {

    /** Two rooms of one name, each after a ceremony of its own. */
    @Test
    void hash_roomMadeAnewUnderItsOldName_isAnother() {
        TestRoom room = TestRoom.file("test-room");
        TestRoom again = TestRoom.file("test-room");
        long epoch = room.policy().firstEpoch();

        assertThat(TokenCaches.hash(room.roomKeys("publisher"), epoch))
                .isEqualTo(TokenCaches.hash(room.roomKeys("advertiser"), epoch))
                .isNotEqualTo(TokenCaches.hash(again.roomKeys("publisher"), epoch))
                .isNotEqualTo(TokenCaches.hash(room.roomKeys("publisher"), epoch + 1));
    }
}
