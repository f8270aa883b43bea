package io.dockherd.compose.yaml;

/**
 * What one file may cost; a stranger may have written it.
 *
 * @param bytes how long a file may be
 * @param depth how deep nodes may lie within each other, aliases followed
 * @param nodes how many nodes a document may have with every alias written out; a few lines of
 *     aliases to aliases are otherwise worth billions
 */
public record YamlLimits(int bytes, int depth, long nodes) {
  /** 4 MiB, 100 deep, 100 000 nodes (as many as Compose's reference visits). */
  public static YamlLimits defaults() {
    return new YamlLimits(4 << 20, 100, 100_000);
  }
}
