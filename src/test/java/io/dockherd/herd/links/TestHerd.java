package io.dockherd.herd.links;

import io.dockherd.herd.group.PeerId;
import io.dockherd.herd.keys.ClientCertificate;
import io.dockherd.herd.keys.ClientCertificate.Signer;
import io.dockherd.herd.keys.Generation;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.keys.Leaf;
import io.dockherd.herd.members.Member;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** Members for tests, all on 127.0.0.1, all at one moment. */
final class TestHerd {
  /** The real one: clients with a TLS of their own look at the machine's clock. */
  static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  static final String LOOPBACK = "127.0.0.1";
  static final HerdKey KEY = HerdKey.create(NOW, Generation.VALIDITY);
  static final HerdKey OTHER_KEY = HerdKey.create(NOW, Generation.VALIDITY);

  private TestHerd() {}

  static LinkTls member(String name) {
    return member(KEY, "herd", name);
  }

  static LinkTls member(HerdKey key, String herd, String name) {
    return new LinkTls(key, herd, name, List.of(LOOPBACK), () -> NOW);
  }

  static LinkTls memberAt(Instant now, String name) {
    return new LinkTls(KEY, "herd", name, List.of(LOOPBACK), () -> now);
  }

  /** Everybody who must get nowhere on a link between members, by what is wrong with him. */
  static Map<String, SSLContext> strangers() {
    return strangers(KEY, "herd", NOW);
  }

  /** The strangers of some other herd, at some other time. */
  static Map<String, SSLContext> strangers(HerdKey key, String herd, Instant now) {
    Duration tooLong = LinkTls.LEAF_VALIDITY.plusDays(1);
    Map<String, SSLContext> strangers = new LinkedHashMap<>();
    strangers.put("no certificate", Stranger.withoutCertificate());
    strangers.put("another key", Stranger.showing(leaf(OTHER_KEY, herd, now)));
    strangers.put("another herd", Stranger.showing(leaf(key, "not " + herd, now)));
    strangers.put("expired", Stranger.showing(leaf(key, herd, now.minus(tooLong))));
    strangers.put("not yet valid", Stranger.showing(leaf(key, herd, now.plus(tooLong))));
    strangers.put("a client", Stranger.showing(client(key, now)));
    strangers.put("a door", Stranger.showing(new DoorTls(key, "x", List.of(), () -> now).leaf()));
    return strangers;
  }

  static Leaf leaf(HerdKey key, String herd, Instant now) {
    return new LinkTls(key, herd, "x", List.of(LOOPBACK), () -> now).leaf();
  }

  private static Leaf client(HerdKey key, Instant now) {
    return ClientCertificate.issue(key, Signer.TODAY, "alice", now, Duration.ofDays(1)).leaf();
  }

  /** A member, believing everybody, whose leaf expires an hour after {@link #NOW}. */
  static SSLContext soonExpired() {
    Instant issued = NOW.plus(Duration.ofHours(1)).minus(LinkTls.LEAF_VALIDITY);
    return Stranger.showing(memberAt(issued, "host-2").leaf());
  }

  /** A relay on any port, patient enough for a machine that is busy with other tests. */
  static RelaySettings relay(Duration idle) {
    RelaySettings defaults = RelaySettings.of(LOOPBACK, 0);
    return new RelaySettings(
        defaults.bind(),
        defaults.port(),
        Duration.ofSeconds(25),
        Duration.ofSeconds(25),
        idle,
        defaults.maxHeadBytes(),
        defaults.maxQuestionBytes(),
        defaults.maxAnswerBytes());
  }

  static Member at(String name, int relayPort) {
    return new Member(
        new PeerId("peer-" + name),
        Member.Kind.NODE,
        name,
        LOOPBACK,
        1,
        1,
        relayPort,
        "test",
        new JsonObject());
  }
}
