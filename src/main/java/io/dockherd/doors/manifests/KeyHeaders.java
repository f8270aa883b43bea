package io.dockherd.doors.manifests;

import io.dockherd.doors.Answer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The headers etcd's answers have: {@code X-Etcd-Cluster-Id}, made of the herd's name, {@code
 * X-Etcd-Index}, and Raft's: there is no Raft here, so its index is etcd's and its term 1.
 */
final class KeyHeaders {
  static final Set<String> RAFT = Set.of("X-Raft-Index", "X-Raft-Term");

  private final String cluster;

  KeyHeaders(String herd) {
    byte[] name = ("herd " + herd).getBytes(StandardCharsets.UTF_8);
    this.cluster = "%016x".formatted(UUID.nameUUIDFromBytes(name).getLeastSignificantBits());
  }

  /** Name → value. */
  Map<String, String> of(long index) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("X-Etcd-Cluster-Id", cluster);
    all.put("X-Etcd-Index", String.valueOf(index));
    all.put("X-Raft-Index", String.valueOf(index));
    all.put("X-Raft-Term", "1");
    return all;
  }

  /** A JSON answer with them, ended by a new line as etcd's are. */
  Answer answer(int status, JsonObject json, long index) {
    return new Answer(status, "application/json", json.toBuffer().appendString("\n"), of(index));
  }
}
