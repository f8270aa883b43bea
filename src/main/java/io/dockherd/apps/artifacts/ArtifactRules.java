package io.dockherd.apps.artifacts;

import java.util.List;
import java.util.Set;

/**
 * What of what apps ask for is fetched.
 *
 * @param schemes some of http, https and file. With file whoever may make an app may read what this
 *     node may
 * @param networks addresses that are asked although they are not the public internet's: the node
 *     stands where its callers may not reach
 * @param mostBytes of one download
 * @param mostUnpackedBytes of what comes out of one archive
 * @param mostEntries in one archive
 */
public record ArtifactRules(
    Set<String> schemes,
    List<Network> networks,
    long mostBytes,
    long mostUnpackedBytes,
    int mostEntries) {
  public ArtifactRules {
    schemes = Set.copyOf(schemes);
    networks = List.copyOf(networks);
    if (!Set.of("http", "https", "file").containsAll(schemes)) {
      throw new IllegalArgumentException("schemes are http, https and file");
    }
    if (mostBytes < 1 || mostUnpackedBytes < 1 || mostEntries < 1) {
      throw new IllegalArgumentException("an artifact has a size");
    }
  }

  /** From the public internet, a gibibyte at most. */
  public static ArtifactRules defaults() {
    return new ArtifactRules(Set.of("http", "https"), List.of(), 1L << 30, 4L << 30, 100_000);
  }

  /** The same, and those networks too. */
  public ArtifactRules allowing(List<Network> others) {
    return new ArtifactRules(schemes, others, mostBytes, mostUnpackedBytes, mostEntries);
  }

  /** The same by those schemes. */
  public ArtifactRules by(Set<String> others) {
    return new ArtifactRules(others, networks, mostBytes, mostUnpackedBytes, mostEntries);
  }

  /** The same up to other sizes. */
  public ArtifactRules upTo(long bytes, long unpackedBytes, int entries) {
    return new ArtifactRules(schemes, networks, bytes, unpackedBytes, entries);
  }
}
