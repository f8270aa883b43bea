package io.dockherd.doors.marathon.definition;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What type a value has to be of. Errors are named as Marathon's JSON library names them. Fields
 * nobody knows are dropped, as Marathon drops them; null is nothing said.
 */
sealed interface Shape {
  Shape TEXT = new Leaf(Leaf.Type.TEXT, "error.expected.jsstring");
  Shape NUMBER = new Leaf(Leaf.Type.NUMBER, "error.expected.jsnumber");
  Shape WHOLE = new Leaf(Leaf.Type.WHOLE, "error.expected.jsnumber");
  Shape FLAG = new Leaf(Leaf.Type.FLAG, "error.expected.jsboolean");

  /** Whatever it is: looked at by a rule. */
  Shape ANY = new Leaf(Leaf.Type.ANY, "");

  /** The value as it is taken; what is wrong with it is told. */
  Object read(Object value, String path, Violations wrong);

  /** A list of those, of {@value ListOf#USUAL} at most. */
  static Shape listOf(Shape each) {
    return new ListOf(each, ListOf.USUAL);
  }

  /** A list of those, of so many at most. */
  static Shape listOf(Shape each, int most) {
    return new ListOf(each, most);
  }

  /** Names to those. */
  static Shape mapOf(Shape each) {
    return new MapOf(each);
  }

  /** A single value. */
  record Leaf(Type type, String error) implements Shape {
    /** Of which kind. */
    enum Type {
      TEXT,
      NUMBER,
      WHOLE,
      FLAG,
      ANY
    }

    @Override
    public Object read(Object value, String path, Violations wrong) {
      boolean isSo =
          switch (type) {
            case TEXT -> value instanceof String;
            // What is too large for a double would be written as no number at all.
            case NUMBER -> value instanceof Number number && Double.isFinite(number.doubleValue());
            case WHOLE -> value instanceof Number;
            case FLAG -> value instanceof Boolean;
            case ANY -> true;
          };
      wrong.require(isSo, path, error);
      if (type == Type.WHOLE && value instanceof Number number) {
        double exact = number.doubleValue();
        if (exact != Math.rint(exact) || Math.abs(exact) > Integer.MAX_VALUE) {
          wrong.add(path, "error.expected.int");
        }
        return number.intValue();
      }
      return type == Type.NUMBER && value instanceof Number number ? plain(number) : value;
    }

    /** 1.0 and 1 are no two configurations. */
    private static Number plain(Number number) {
      double exact = number.doubleValue();
      boolean isWhole = exact == Math.rint(exact) && Math.abs(exact) <= Integer.MAX_VALUE;
      return isWhole ? (Number) (int) exact : (Number) exact;
    }
  }

  /**
   * A list. A short text can be a list of very many, each of which becomes far more than its text.
   *
   * @param most of how many at most
   */
  record ListOf(Shape each, int most) implements Shape {
    /** Far more than anybody has ports, arguments or files to fetch. */
    static final int USUAL = 1_000;

    @Override
    public Object read(Object value, String path, Violations wrong) {
      JsonArray all = new JsonArray();
      if (value instanceof JsonArray list && list.size() > most) {
        wrong.add(path, "has " + list.size() + " entries, " + most + " are the most");
      } else if (value instanceof JsonArray list) {
        for (int i = 0; i < list.size(); i++) {
          all.add(each.read(list.getValue(i), path + "(" + i + ")", wrong));
        }
      } else {
        wrong.add(path, "error.expected.jsarray");
      }
      return all;
    }
  }

  /** An object with names of one's own; sorted, for their order says nothing. */
  record MapOf(Shape each) implements Shape {
    @Override
    public Object read(Object value, String path, Violations wrong) {
      Map<String, Object> all = new TreeMap<>();
      if (value instanceof JsonObject map) {
        map.forEach(
            field ->
                all.put(
                    field.getKey(),
                    each.read(field.getValue(), path + "/" + field.getKey(), wrong)));
      } else {
        wrong.add(path, "error.expected.jsobject");
      }
      return new JsonObject(new LinkedHashMap<>(all));
    }
  }

  /** A text, or an object of that shape. */
  record TextOr(Shape object) implements Shape {
    @Override
    public Object read(Object value, String path, Violations wrong) {
      return value instanceof String ? value : object.read(value, path, wrong);
    }
  }

  /** An object with these fields, taken in this order, however it was sent. */
  record Fields(Map<String, Shape> fields) implements Shape {
    /** No field. */
    static final Fields NONE = new Fields(Map.of());

    public Fields {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** These, and that one. */
    Fields has(String name, Shape shape) {
      Map<String, Shape> more = new LinkedHashMap<>(fields);
      more.put(name, shape);
      return new Fields(more);
    }

    /** These, and texts. */
    Fields texts(String... names) {
      return all(TEXT, names);
    }

    /** These, and numbers. */
    Fields numbers(String... names) {
      return all(NUMBER, names);
    }

    /** These, and whole numbers. */
    Fields wholes(String... names) {
      return all(WHOLE, names);
    }

    /** These, and flags. */
    Fields flags(String... names) {
      return all(FLAG, names);
    }

    /** These, and some a rule looks at. */
    Fields anything(String... names) {
      return all(ANY, names);
    }

    private Fields all(Shape shape, String... names) {
      Fields more = this;
      for (String name : names) {
        more = more.has(name, shape);
      }
      return more;
    }

    @Override
    public Object read(Object value, String path, Violations wrong) {
      if (value instanceof JsonObject json) {
        return read(json, path, wrong);
      }
      wrong.add(path, "error.expected.jsobject");
      return new JsonObject();
    }

    JsonObject read(JsonObject json, String path, Violations wrong) {
      Map<String, Object> all = new LinkedHashMap<>();
      fields.forEach(
          (name, shape) -> {
            Object value = json.getValue(name);
            if (value != null) {
              all.put(name, shape.read(value, path + "/" + name, wrong));
            }
          });
      return new JsonObject(all);
    }
  }
}
