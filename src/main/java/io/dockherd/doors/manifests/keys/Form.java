package io.dockherd.doors.manifests.keys;

import io.dockherd.doors.Query;
import io.dockherd.failure.Invalid;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a request says in its body and its query. A field that is in both has the body's value, as
 * Go's forms have it.
 */
public record Form(Query body, Query query) {
  private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
  private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

  public Form {
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(query, "query");
  }

  /**
   * Reads one.
   *
   * @throws KeyError when it can't be decoded
   */
  public static Form parse(String body, String query) {
    try {
      return new Form(Query.parse(body), Query.parse(query));
    } catch (Invalid e) {
      throw KeyError.ofRequest(ErrorCode.INVALID_FORM, e.getMessage());
    }
  }

  /** The first value of that name. */
  Optional<String> text(String name) {
    List<String> values = body.all().getOrDefault(name, query.all().get(name));
    return values == null ? Optional.empty() : Optional.of(values.getFirst());
  }

  /** A number; 0 when there is none. */
  long number(String name, ErrorCode otherwise) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return 0;
    }
    if (!text.get().matches("[0-9]{1,18}")) {
      throw KeyError.ofRequest(otherwise, "invalid value for \"" + name + "\"");
    }
    return Long.parseLong(text.get());
  }

  /** Whether it says so; empty when it says nothing. */
  Optional<Boolean> flag(String name) {
    return text(name).map(text -> isTrue(name, text));
  }

  private static boolean isTrue(String name, String text) {
    if (TRUE.contains(text)) {
      return true;
    }
    if (FALSE.contains(text)) {
      return false;
    }
    // etcd writes this one without quotes.
    String shown = name.equals("prevExist") ? name : "\"" + name + "\"";
    throw KeyError.ofRequest(ErrorCode.INVALID_FIELD, "invalid value for " + shown);
  }
}
