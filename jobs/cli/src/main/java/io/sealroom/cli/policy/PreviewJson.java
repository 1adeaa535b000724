package io.sealroom.cli.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.privacy.dp.DiscreteGaussian;
import io.sealroom.privacy.dp.DiscreteLaplace;
import io.sealroom.privacy.dp.Family;
import io.sealroom.privacy.dp.Noise;
import io.sealroom.privacy.dp.Rational;
import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.OverlapQuery;
import io.sealroom.schemas.policy.Policy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** A preview for programs: jobs/cli/README.md has the fields. */
final class PreviewJson {

    private static final int DECIMALS = 6;

    private final PolicyPreview preview;
    private final Policy policy;

    PreviewJson(PolicyPreview preview) {
        this.preview = preview;
        this.policy = preview.policy();
    }

    ObjectNode json() {
        ObjectNode node =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("room", policy.room())
                        .put("policyHash", policy.hash().toHex())
                        .put("epochMillis", policy.epochMillis())
                        .put("epochs", preview.epochs())
                        .put("lookbackEpochs", policy.lookbackEpochs())
                        .put("delta", preview.delta().toPlainString());
        ArrayNode queries = node.putArray("queries");
        preview.queries().forEach(query -> fill(queries.addObject(), query));
        fill(node.putObject("loss"), preview.whole());
        ArrayNode datasets = node.putArray("datasets");
        preview.datasets().forEach(dataset -> fill(datasets.addObject(), dataset));
        node.putObject("testableIdentifiers")
                .put("perPartner", policy.quota())
                .put("allPartners", preview.testableByAll());
        preview.warnings().forEach(node.putArray("warnings")::add);
        preview.refusals().forEach(node.putArray("refusals")::add);
        return node;
    }

    private static void fill(ObjectNode node, QueryPreview preview) {
        node.put("query", preview.query().name())
                .put("type", preview.query() instanceof OverlapQuery ? "overlap" : "attribution")
                .put("identifierKind", preview.query().identifierKind().name())
                .put("windowMillis", preview.query().windowMillis())
                .put("windows", preview.windows());
        if (preview.query() instanceof OverlapQuery overlap) {
            node.put("windowsPerEpoch", overlap.windowsPerEpoch())
                    .put("windowsDropped", preview.windowsDropped().orElse(0))
                    .put("cellsPerWindow", overlap.cellsPerWindow());
        } else if (preview.query() instanceof AttributionQuery attribution) {
            node.put("model", attribution.model().name())
                    .put("conversionsPerEpoch", attribution.conversionsPerEpoch())
                    .put("valueMax", attribution.valueMax());
        }
        node.put("microRho", preview.microRho());
        ArrayNode payers = node.putArray("paidBy");
        preview.payers().forEach(partner -> payers.add(partner.name()));
        ArrayNode families = node.putArray("families");
        preview.families().forEach(family -> fill(families.addObject(), family));
    }

    private static void fill(ObjectNode node, FamilyPreview preview) {
        Family family = preview.family();
        BigInteger squared = family.sensitivity().l2Squared();
        node.put("metric", family.metric().name())
                .put("families", preview.families())
                .put("rows", preview.rows())
                .put("l1", family.sensitivity().l1().toString())
                .put("l2Squared", squared.toString())
                .put("l2", rounded(Figures.root(new BigDecimal(squared))));
        Noise noise = family.noise();
        if (noise instanceof DiscreteLaplace laplace) {
            node.put("mechanism", "DISCRETE_LAPLACE").put("scale", exact(laplace.scale()));
        } else if (noise instanceof DiscreteGaussian gaussian) {
            Rational variance = gaussian.sigmaSquared();
            node.put("mechanism", "DISCRETE_GAUSSIAN")
                    .put("sigmaSquared", exact(variance))
                    .put("sigma", rounded(Figures.root(Figures.decimal(variance))));
        }
        node.put("margin95", preview.margin().toString())
                .put("threshold", family.threshold().toString());
        if (preview.emptyShown().isPresent()) {
            node.put("emptyShown", rounded(new BigDecimal(preview.emptyShown().getAsDouble())));
        } else {
            node.putNull("emptyShown");
        }
        node.put("measure", family.loss().measure().name())
                .put("amount", family.loss().amount().toPlainString())
                .put("microRho", family.microRho());
    }

    private void fill(ObjectNode node, EpochLoss loss) {
        node.put("microRho", loss.microRho());
        ArrayNode after = node.putArray("after");
        for (long epochs : preview.horizons()) {
            EpochLoss.Epsilon epsilon = loss.after(epochs, preview.delta());
            after.addObject()
                    .put("epochs", epochs)
                    .put("epsilon", epsilon.epsilon().stripTrailingZeros().toPlainString())
                    .put("delta", epsilon.pure() ? "0" : preview.delta().toPlainString());
        }
    }

    private void fill(ObjectNode node, DatasetPreview preview) {
        node.put("dataset", preview.partner().dataset()).put("partner", preview.partner().name());
        fill(node.putObject("loss"), preview.loss());
        node.put("checked", preview.limits().isPresent());
        preview.limits().ifPresent(limits -> fill(node.putObject("limits"), limits));
    }

    private static void fill(ObjectNode node, DatasetLimits limits) {
        node.put("perPeriod", limits.perPeriod());
        if (limits.forLife().isPresent()) {
            node.put("forLife", limits.forLife().getAsLong());
        } else {
            node.putNull("forLife");
        }
        node.put("allowed", limits.allowed());
        ObjectNode spent = node.putObject("spentInPeriod");
        limits.spent().forEach((period, amount) -> spent.put(Long.toString(period), amount));
    }

    private static String exact(Rational value) {
        return value.denominator().equals(BigInteger.ONE)
                ? value.numerator().toString()
                : value.toString();
    }

    private static String rounded(BigDecimal value) {
        return value.setScale(DECIMALS, RoundingMode.CEILING).stripTrailingZeros().toPlainString();
    }
}
