package io.dockherd.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.doors.actions.FixedMembers;
import io.dockherd.doors.docker.images.TestFacts;
import io.dockherd.engine.Engine;
import io.dockherd.engine.ScriptedEngine;
import io.dockherd.failure.Conflict;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunningClaimsTest {
  private final Members members = new FixedMembers("host-1");
  private final TestFacts facts = new TestFacts("host-1");
  private final ContainerIndex index = new ContainerIndex(facts);
  private final Hosts hosts = new Hosts(members, new OwnEngines(), new Nobody(), index);
  private final RunningClaims claims =
      new RunningClaims(new NameBook(members, facts, hosts, index));

  private void claim(String name, String life, long limitMillis) {
    claims.claim(
        new JsonObject()
            .put("name", name)
            .put("mark", "of " + name + limitMillis)
            .put("holder", "host-1")
            .put("life", life)
            .put("limitMillis", limitMillis));
  }

  @Test
  void aNameIsKeptForOneOnly() {
    claim("web", "peer-host-1", 60_000);
    assertThrows(Conflict.class, () -> claim("web", "peer-host-1", 60_001));
  }

  @Test
  void thoseNobodyLetGoOfAreNotKeptForEver() {
    claim("of-one-that-died", "peer-of-another-life", 60_000);
    claim("too-late", "peer-host-1", 0);
    claim("web", "peer-host-1", 60_000);
    assertEquals(1, claims.count());
  }

  /** Nobody is asked anything: the facts say it all. */
  private static final class Nobody implements Neighbours {
    @Override
    public Engine engineOf(Member member) {
      return new ScriptedEngine(member.name());
    }

    @Override
    public JsonObject command(Member member, String command, JsonObject order, Duration limit) {
      throw new UnsupportedOperationException();
    }
  }
}
