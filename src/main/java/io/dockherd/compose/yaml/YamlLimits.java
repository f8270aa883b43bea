package io.dockherd.compose.yaml;

/**
 * What a project may cost; a stranger may have written it.
 *
 * @param bytes how long a file may be
 * @param bytesTogether how long all files may be together
 * @param depth how deep nodes may lie within each other, aliases followed
 * @param nodes how many nodes all documents may have together, with every alias written out, and
 *     those of a file as often as it is included or extended; a few lines of aliases to aliases, or
 *     of includes of includes, are otherwise worth billions
 */
public record YamlLimits(int bytes, long bytesTogether, int depth, long nodes) {
  /** 4 MiB, 8 MiB together, 100 deep, 100 000 nodes (as many as Compose's reference visits). */
  public static YamlLimits defaults() {
    return new YamlLimits(4 << 20, 8 << 20, 100, 100_000);
  }
}
