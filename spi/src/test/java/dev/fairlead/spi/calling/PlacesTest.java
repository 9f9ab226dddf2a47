package dev.fairlead.spi.calling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final long LATER = Places.PROMISE_NANOS;

    @Test
    void aPlaceThatBecomesFreeIsKeptForTheFirstWhoWasRefused() {
        Places places = new Places(1);
        assertThat(places.take("a", 0, 0)).isTrue();
        assertThat(places.take("b", 0, 0)).isFalse();
        assertThat(places.take("c", 0, 0)).isFalse();
        assertThat(places.release(0)).containsExactly(new Places.Offer("b", 1));
        assertThat(places.take("a", 0, 0)).as("one who comes in between").isFalse();
        assertThat(places.take("b", 0, 0)).isTrue();
        assertThat(places.release(0)).containsExactly(new Places.Offer("c", 1));
    }

    @Test
    void aPromiseThatNobodyTakesGoesToTheNext() {
        Places places = new Places(1);
        places.take("a", 0, 0);
        places.take("b", 0, 0);
        places.take("c", 0, 0);
        places.take("d", 0, 0);
        places.release(0);
        assertThat(places.offers(LATER - 1)).isEmpty();
        assertThat(places.offers(LATER)).containsExactly(new Places.Offer("c", 1));
        assertThat(places.pass("c", LATER)).containsExactly(new Places.Offer("d", 1));
        assertThat(places.take("b", 0, LATER)).as("its promise is over").isFalse();
    }

    @Test
    void severalPlacesAreSharedAndWhoWantsMoreIsAskedAgain() {
        Places places = new Places(4);
        for (int i = 0; i < 4; i++) {
            places.take("a", 0, 0);
        }
        places.take("b", 0, 0);
        for (int i = 0; i < 3; i++) {
            places.release(0);
        }
        assertThat(places.take("b", 5, 0)).as("with its promise, and five more").isTrue();
        assertThat(places.offers(0)).containsExactly(new Places.Offer("b", 2));
        assertThat(places.take("b", 4, 0)).isTrue();
        assertThat(places.take("b", 3, 0)).isTrue();
        assertThat(places.take("c", 0, 0)).isFalse();
        assertThat(places.release(0)).containsExactly(new Places.Offer("b", 1));
        assertThat(places.release(0)).containsExactly(new Places.Offer("c", 1));
    }

    @Test
    void whatIsPromisedButNotWantedIsFree() {
        Places places = new Places(2);
        places.take("a", 0, 0);
        places.take("a", 0, 0);
        places.take("b", 7, 0);
        places.release(0);
        places.release(0);
        assertThat(places.take("b", 0, 0)).isTrue();
        assertThat(places.take("a", 0, 0)).as("the place that b does not want").isTrue();
        assertThat(places.take("a", 0, 0)).isFalse();
    }
}
