package io.sealroom.cli.report;

import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.RowKey;
import java.math.BigInteger;
import java.util.List;

/**
 * One row of a query over time.
 *
 * @param points one for each release of the query, rising in time
 */
record Series(Metric metric, String label, List<Point> points) {

    Series {
        points = List.copyOf(points);
    }

    Measure measure() {
        return Measure.of(metric);
    }

    String name() {
        return measure().name(label);
    }

    boolean unattributed() {
        return label.equals(RowKey.UNATTRIBUTED);
    }

    long count(Point.Kind kind) {
        return points.stream().filter(point -> point.kind() == kind).count();
    }

    /** To say which series are the largest; a sum of what is shown is no estimate. */
    BigInteger sum() {
        return points.stream().map(Point::value).reduce(BigInteger.ZERO, BigInteger::add);
    }
}
