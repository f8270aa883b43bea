package io.dockherd.compose.schema;

import java.util.ArrayList;
import java.util.List;

/** The table of keys as docs/compose.md shows it. */
public final class SupportMatrix {
  private static final String SERVICES = "services.*";

  private SupportMatrix() {}

  /** A line of the table. */
  public record Row(String key, String form, Support support, String note) {
    @Override
    public String toString() {
      String what =
          switch (support) {
            case HONOURED -> "honoured";
            case WARNED -> "warned: " + note;
            case REFUSED -> "refused: " + note;
          };
      return "| `" + key + "` | " + form + " | " + what + " |";
    }
  }

  /** Every key a Compose file may have, in the order of the table. */
  public static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    add(rows, "", ComposeKeys.FILE);
    return List.copyOf(rows);
  }

  private static void add(List<Row> rows, String path, Keys keys) {
    for (Key key : keys.keys().values()) {
      String name = path.isEmpty() ? key.name() : path + "." + key.name();
      String shown = name.startsWith(SERVICES) ? name.substring(SERVICES.length() + 1) : name;
      String form = key.support() == Support.REFUSED ? "" : key.shape().label();
      rows.add(new Row(shown, form, key.support(), key.note()));
      key.shape().form().ifPresent(inner -> add(rows, name + below(key.shape()), inner));
    }
  }

  private static String below(Shape shape) {
    return switch (shape) {
      case ListOf list -> "[]";
      case MapOf map -> ".*";
      default -> shape.label().contains("map of") ? ".*" : "";
    };
  }
}
