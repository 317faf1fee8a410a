package io.agentrouter.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.catalog.TestTypes;
import io.agentrouter.gateway.tenant.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FairQueueTest {

    private static final AgentType TYPE = TestTypes.of("qa", "http://qa");
    private static final Tenant GREEDY = new Tenant("greedy", 1);
    private static final Tenant MODEST = new Tenant("modest", 1);
    private static final Tenant HEAVY = new Tenant("heavy", 3);

    private final FairQueue<Entry> queue = new FairQueue<>();

    private record Entry(Claim claim, String name, boolean takesAny) implements FairQueue.Entry {}

    @Test
    void oneTenant_isServedInTheOrderOfArrival() {
        add(GREEDY, "a", "b", "c");
        assertThat(serve(3)).containsExactly("a", "b", "c");
        assertThat(queue.size()).isZero();
        assertThat(queue.held()).isZero();
    }

    @Test
    void modestTenant_isServedInTurnWithAGreedyOne_howeverManyWaitThere() {
        add(GREEDY, "a", "b", "c", "d", "e");
        serve(1);
        add(MODEST, "m", "n");
        assertThat(serve(6)).containsExactly("m", "b", "n", "c", "d", "e");
    }

    @Test
    void tenants_getTurnsByTheirWeights() {
        add(GREEDY, names("g", 40));
        add(HEAVY, names("h", 40));
        assertThat(serve(40)).filteredOn(name -> name.startsWith("h")).hasSize(30);
    }

    @Test
    void tenantThatCameAndWentOften_hasSavedNothingUp() {
        add(GREEDY, names("g", 10));
        for (int i = 0; i < 5; i++) {
            serve(1);
        }
        add(MODEST, names("m", 10));
        assertThat(serve(4)).filteredOn(name -> name.startsWith("m")).hasSize(2);
    }

    @Test
    void tenantThatKeepsItsLineShort_getsNoMoreThanItsShare() {
        add(HEAVY, names("h", 20));
        List<String> served = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            if (queue.candidates().size() == 1) {
                add(MODEST, "m" + i); // again, each time that it was served
            }
            served.addAll(serve(1));
        }
        assertThat(served).filteredOn(name -> name.startsWith("m")).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void interactive_goesBeforeBatch_insideATenantOnly() {
        queue.addLast(entry(GREEDY, Priority.BATCH, "batch"));
        queue.addLast(entry(GREEDY, Priority.INTERACTIVE, "now"));
        queue.addLast(entry(MODEST, Priority.BATCH, "other's batch"));
        assertThat(serve(3)).startsWith("now", "other's batch");
    }

    @Test
    void turnInVain_isTakenBack() {
        add(GREEDY, "a", "b");
        add(MODEST, "m");
        Entry first = queue.candidates().getFirst();
        queue.serve(first);
        queue.addFirst(first);
        assertThat(serve(3)).startsWith(first.name());
    }

    @Test
    void oneWhoLeaves_isGone_onceOnly() {
        add(GREEDY, "a");
        Entry left = entry(GREEDY, Priority.INTERACTIVE, "b");
        queue.addLast(left);
        assertThat(queue.remove(left)).isTrue();
        assertThat(queue.remove(left)).isFalse();
        assertThat(queue.size()).isEqualTo(1);
        assertThat(queue.held()).isEqualTo(10);
        assertThat(queue.candidates()).extracting(Entry::name).containsExactly("a");
    }

    @Test
    void candidates_areTheFirstOfEachTenant_andThoseBehindWhoDoesNotTakeAnySlot() {
        add(GREEDY, "picky", "picky too", "b", "c");
        queue.addLast(entry(MODEST, Priority.INTERACTIVE, "picky m"));
        queue.addLast(entry(MODEST, Priority.BATCH, "batch"));
        assertThat(queue.candidates())
                .extracting(Entry::name)
                .containsExactly("picky", "picky too", "b", "picky m", "batch");
    }

    @Test
    void before_countsWhoHasATurnEarlier() {
        add(GREEDY, names("g", 10));
        add(HEAVY, names("h", 2));
        assertThat(queue.before(claim(GREEDY, Priority.INTERACTIVE))).isEqualTo(12);
        assertThat(queue.before(claim(MODEST, Priority.INTERACTIVE))).isEqualTo(1 + 2);
        assertThat(queue.before(claim(HEAVY, Priority.INTERACTIVE))).isEqualTo(2 + 1);
    }

    @Test
    void longestLine_givesItsLastToAShorterOne_andNothingToItself() {
        add(GREEDY, "a", "b", "c");
        add(HEAVY, "h", "i", "j", "k");
        assertThat(queue.gives(claim(MODEST, Priority.INTERACTIVE)))
                .map(Entry::name)
                .contains("c");
        assertThat(queue.gives(claim(GREEDY, Priority.INTERACTIVE))).isEmpty();
        assertThat(queue.gives(claim(HEAVY, Priority.INTERACTIVE)))
                .map(Entry::name)
                .contains("c");
    }

    private List<String> serve(int turns) {
        List<String> served = new ArrayList<>();
        for (int i = 0; i < turns; i++) {
            Entry first = queue.candidates().getFirst();
            queue.serve(first);
            served.add(first.name());
        }
        return served;
    }

    private void add(Tenant tenant, String... names) {
        for (String name : names) {
            queue.addLast(entry(tenant, Priority.INTERACTIVE, name));
        }
    }

    private static String[] names(String start, int count) {
        return IntStream.range(0, count).mapToObj(i -> start + i).toArray(String[]::new);
    }

    private static Entry entry(Tenant tenant, Priority priority, String name) {
        return new Entry(claim(tenant, priority), name, !name.startsWith("picky"));
    }

    private static Claim claim(Tenant tenant, Priority priority) {
        return new Claim(TYPE, tenant, priority, null, 10);
    }
}
