package io.dockherd.compose.loading;

import io.dockherd.compose.yaml.JsonWriter;
import io.dockherd.compose.yaml.YamlMap;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A service in 64 characters: equal for equal services, whatever way they were written. */
public final class Digests {
  private Digests() {}

  /** SHA-256 of the service's canonical JSON. */
  public static String of(YamlMap service) {
    try {
      byte[] json = JsonWriter.compact(service).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
