package io.sealroom.reference;

/**
 * One window of one query.
 *
 * @param query name of the query
 * @param start window start, epoch milliseconds
 */
public record QueryWindow(String query, long start) implements Comparable<QueryWindow> {

    @Override
    public int compareTo(QueryWindow other) {
        int order = Long.compare(start, other.start);
        return order != 0 ? order : query.compareTo(other.query);
    }
}
