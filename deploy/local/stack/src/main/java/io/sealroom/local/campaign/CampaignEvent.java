package io.sealroom.local.campaign;

/**
 * One thing that happened.
 *
 * @param id unique in its file
 * @param person index in the {@link Population}
 * @param timeMillis epoch milliseconds
 * @param cell index in the list of cells, or {@link #NONE}
 * @param value in minor units, or {@link #NONE}
 */
record CampaignEvent(String id, int person, long timeMillis, Kind kind, int cell, int value) {

    static final int NONE = -1;

    /** As written in the files, in lower case. */
    enum Kind {
        VIEW("view"),
        CLICK("click"),
        CONVERSION("conversion");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
