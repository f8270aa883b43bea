package io.dockherd.fleet.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.Ambiguous;
import io.dockherd.failure.NotFound;
import io.dockherd.fleet.networks.KnownNetwork.Reach;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkBookTest {
  private final List<Fact> facts = new ArrayList<>();
  private final List<Fact> lost = new ArrayList<>();
  private final NetworkBook book = new NetworkBook(new Told());

  private NetworkBookTest() {
    tell("host-1", "b1aa", "bridge", Map.of());
    tell("host-2", "b2aa", "bridge", Map.of());
    tell("host-1", "a1aa", "app", Map.of(HerdNetwork.LABEL, "itself", "team", "x"));
    tell("host-2", "a2aa", "app", Map.of(HerdNetwork.LABEL, "a1aa", "team", "x"));
    tell("host-1", "c1aa", "own", Map.of());
    tell("host-2", "c2aa", "own", Map.of());
    tell("host-2", "d2aa", "single", Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "app, a1aa, HERD, 2",
    "a1aa, a1aa, HERD, 2",
    "a2aa, a1aa, HERD, 2",
    "a2, a1aa, HERD, 2",
    "host-2/app, a2aa, NODE, 1",
    "host-2/a1aa, a2aa, NODE, 1",
    "bridge, b1aa, BUILT_IN, 2",
    "b2aa, b1aa, BUILT_IN, 2",
    "host-2/bridge, b2aa, NODE, 1",
    "host-2/own, c2aa, NODE, 1",
    "c1aa, c1aa, NODE, 1",
    "single, d2aa, NODE, 1",
  })
  void aReferenceMeansOne(String reference, String id, Reach reach, int copies) {
    KnownNetwork found = book.find(reference);
    assertEquals(id, found.id());
    assertEquals(reach, found.reach());
    assertEquals(copies, found.copies().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "host-1/single", "host-9/app", "", "host-1/"})
  void whatIsNotThereIsSaidInDockersWords(String reference) {
    NotFound missing = assertThrows(NotFound.class, () -> book.find(reference));
    assertEquals("network " + reference + " not found", missing.getMessage());
  }

  @Test
  void twoOfOneNameAreNamed() {
    Ambiguous both = assertThrows(Ambiguous.class, () -> book.find("own"));
    assertEquals(List.of("host-1/own", "host-2/own"), both.candidates());
    assertEquals(
        List.of("c1aa", "c2aa"),
        both.candidates().stream().map(candidate -> book.find(candidate).id()).toList());
  }

  @Test
  void onlyThoseOfTheHerdCanBeHadAnywhere() {
    assertEquals(Set.of("app", "a1aa", "a2aa"), book.namesOfTheHerd());
    assertTrue(book.ofTheHerd("app").isPresent());
    assertFalse(book.ofTheHerd("single").isPresent());
    assertFalse(book.ofTheHerd("host-1/app").isPresent(), "that is one node's copy");
  }

  @Test
  void itIsReadAnewOnlyWhenSomethingHasChanged() {
    Set<String> before = book.namesOfTheHerd();
    assertSame(before, book.namesOfTheHerd());
    tell("host-3", "e3aa", "more", Map.of(HerdNetwork.LABEL, "itself"));
    assertNotSame(before, book.namesOfTheHerd());
    assertEquals("e3aa", book.find("more").id());
  }

  @Test
  void whatBothSidesOfASplitMadeIsOne() {
    tell("host-1", made("90aa", "2026-01-01T10:00:01Z", "itself"));
    tell("host-2", made("91aa", "2026-01-01T10:00:00Z", "itself"));
    tell("host-3", made("93aa", "2026-01-01T11:00:00Z", "90aa"));
    KnownNetwork both = book.find("both");
    assertEquals("91aa", both.id(), "the older one's");
    assertEquals(3, both.copies().size());
    assertEquals(both, book.find("90aa"));
    assertEquals(both, book.find("93"));
  }

  private static JsonObject made(String id, String created, String of) {
    return new JsonObject()
        .put("Id", id)
        .put("Name", "both")
        .put("Created", created)
        .put("Labels", new JsonObject().put(HerdNetwork.LABEL, of));
  }

  @Test
  void itStaysTheSameWhenItsFirstNodeGoes() {
    facts.stream().filter(fact -> fact.id().equals("a1aa")).toList().forEach(lost::add);
    facts.removeIf(fact -> fact.id().equals("a1aa"));
    KnownNetwork app = book.find("app");
    assertEquals("a1aa", app.id());
    assertEquals("host-2", app.first().node());
    assertEquals(List.of("host-1"), book.lostWith(app));
  }

  @Test
  void aCopyIsMadeOfTheFirstRequestAndTheLabels() {
    JsonObject asked =
        new JsonObject()
            .put("Name", "net")
            .put("Driver", "bridge")
            .put("Internal", true)
            .put("CheckDuplicate", true)
            .put("Labels", new JsonObject().put("a", "b").put(HerdNetwork.LABEL, "forged"));
    JsonObject first = HerdNetwork.first("net", asked);
    assertEquals("itself", first.getJsonObject("Labels").getString(HerdNetwork.LABEL));
    // What an engine makes of it.
    tell(
        "host-1",
        first
            .copy()
            .put("Id", "f1aa")
            .put("IPAM", new JsonObject().put("Config", "the engine's own choice")));
    JsonObject another = HerdNetwork.another(book.find("net"));
    assertEquals("net", another.getString("Name"));
    assertEquals("f1aa", another.getJsonObject("Labels").getString(HerdNetwork.LABEL));
    assertEquals(true, another.getBoolean("Internal"));
    assertFalse(another.containsKey("IPAM"), "its own choice is not another's");
    assertEquals(new JsonObject().put("a", "b"), HerdNetwork.bare(another));
  }

  @Test
  void aDocumentNamesNetworksTwice() {
    JsonObject document =
        new JsonObject()
            .put("HostConfig", new JsonObject().put("NetworkMode", "a2aa"))
            .put(
                "NetworkingConfig",
                new JsonObject()
                    .put(
                        "EndpointsConfig",
                        new JsonObject()
                            .put("a2aa", new JsonObject().put("Aliases", "x"))
                            .put("bridge", new JsonObject())));
    assertEquals(Set.of("a2aa"), NamedNetworks.of(document));
    JsonObject renamed = NamedNetworks.renamed(document, "a2aa", "a1aa");
    assertEquals(Set.of("a1aa"), NamedNetworks.of(renamed));
    assertEquals(Set.of("a2aa"), NamedNetworks.of(document), "the original stays");
    assertEquals(
        Set.of(),
        NamedNetworks.of(
            new JsonObject()
                .put("HostConfig", new JsonObject().put("NetworkMode", "container:web"))));
  }

  private void tell(String node, String id, String name, Map<String, String> labels) {
    JsonObject all = new JsonObject();
    labels.forEach(all::put);
    tell(node, new JsonObject().put("Id", id).put("Name", name).put("Labels", all));
  }

  private void tell(String node, JsonObject entry) {
    entry.put("Scope", "local");
    facts.add(new Fact(node, FactKind.NETWORK, entry.getString("Id"), entry.toBuffer()));
  }

  /** Only what a book reads. */
  private final class Told implements Facts {
    @Override
    public List<Fact> of(String kind) {
      return List.copyOf(facts);
    }

    @Override
    public List<Fact> lost(String kind) {
      return List.copyOf(lost);
    }

    @Override
    public List<Fact> of(String kind, String owner) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Fact> find(String kind, String owner, String id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void tell(String kind, String id, io.vertx.core.buffer.Buffer value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void retract(String kind, String id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void tellAll(String kind, Map<String, io.vertx.core.buffer.Buffer> values) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean settle(Duration limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void forget(String owner) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void listen(String kind, FactsListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
