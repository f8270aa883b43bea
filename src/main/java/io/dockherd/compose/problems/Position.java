package io.dockherd.compose.problems;

/**
 * A place in a file: {@code compose.yaml:4:7}.
 *
 * @param file as the one who asked wrote it
 * @param line from 1; 0 means the file as a whole
 * @param column from 1
 */
public record Position(String file, int line, int column) {
  /** The file as a whole. */
  public static Position of(String file) {
    return new Position(file, 0, 0);
  }

  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
