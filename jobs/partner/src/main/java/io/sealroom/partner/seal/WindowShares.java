package io.sealroom.partner.seal;

import io.sealroom.privacy.secret.HmacSha256;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.hash.Lp;

/** Totals salt and noise share of each window, from the partner's noise seed. */
final class WindowShares {

    private static final byte[] SALT_TAG = Lp.text("sealroom/totals-salt/v1");
    private static final byte[] SHARE_TAG = Lp.text("sealroom/share/v1");

    private final SecretBytes noiseSeed;
    private final byte[] room;

    WindowShares(SecretBytes noiseSeed, String room) {
        this.noiseSeed = noiseSeed;
        this.room = Lp.text(room);
    }

    SecretBytes totalsSalt(long start, long end) {
        return derive(SALT_TAG, start, end);
    }

    SecretBytes share(long start, long end) {
        return derive(SHARE_TAG, start, end);
    }

    private SecretBytes derive(byte[] tag, long start, long end) {
        return HmacSha256.derive(noiseSeed, Lp.of(tag, room, Lp.u64(start), Lp.u64(end)));
    }
}
