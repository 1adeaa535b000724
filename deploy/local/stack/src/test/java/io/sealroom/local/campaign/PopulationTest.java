package io.sealroom.local.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PopulationTest {

    private static final int PEOPLE = 2_000;
    private final Population population = new Population(42);

    @ParameterizedTest
    @EnumSource
    void email_inEverySpelling_normalisesToThePersonsOwn(EmailSpelling spelling) {
        for (int person = 0; person < PEOPLE; person++) {
            String email = population.email(person);
            assertThat(NormalForms.of("email", spelling.of(email))).hasValue(email);
        }
    }

    @ParameterizedTest
    @EnumSource
    void phone_inEverySpelling_normalisesToThePersonsOwn(PhoneSpelling spelling) {
        for (int person = 0; person < PEOPLE; person++) {
            PhoneNumber phone = population.phone(person);
            assertThat(NormalForms.of("phone", spelling.of(phone))).hasValue(phone.e164());
        }
    }

    @Test
    void phone_ofLargestPopulation_isValidAndNobodyElses() {
        Set<String> numbers = new HashSet<>();
        for (int person = 0; person < Population.MAX; person++) {
            String e164 = population.phone(person).e164();
            assertThat(numbers.add(e164)).isTrue();
            // Every hundredth, and everyone abroad in the last blocks: parsing all takes seconds.
            if (person % 100 == 0 || person >= Population.MAX - 1_000) {
                assertThat(NormalForms.of("phone", e164)).hasValue(e164);
            }
        }
    }

    @Test
    void email_ofLargestPopulation_isNobodyElses() {
        Set<String> addresses = new HashSet<>();
        for (int person = 0; person < Population.MAX; person++) {
            assertThat(addresses.add(population.email(person))).isTrue();
        }
    }
}
