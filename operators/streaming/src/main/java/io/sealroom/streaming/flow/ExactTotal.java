package io.sealroom.streaming.flow;

import java.math.BigInteger;

/**
 * The exact total of one row: it ends in the release stage.
 *
 * @param query position of the query in the policy
 * @param windowStart start of the window, epoch milliseconds
 * @param row index of the row in the release
 * @param total in the unit of the row's metric
 */
public record ExactTotal(int query, long windowStart, int row, BigInteger total) {

    /** Without the total. */
    @Override
    public String toString() {
        return "ExactTotal[query " + query + " row " + row + "]";
    }
}
